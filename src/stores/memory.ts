import { assertWholeNumber } from "../assert-whole-number.js";
import type { SetOptions, Store, StoreEntry, WhenUnchanged } from "./base.js";
import { isAllowed } from "./condition.js";
import { GroupIndex, type Membership } from "./group-index.js";
import type { Links } from "./linked-list.js";
import { RecencyList } from "./recency-list.js";
import { ShardedMap } from "./sharded-map.js";

/** What `MemoryStore` takes. */
export interface MemoryStoreOptions {
  /** The most entries it holds. The one that was written or renewed longest ago goes first. Default 1,000,000. */
  readonly maxEntries?: number;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

interface MemoryEntry extends Links<MemoryEntry> {
  readonly key: string;
  value: string;
  token: string;
  expiresAt: number;
  membership: Membership | undefined;
}

/** How many entries each write looks at: more than the one it adds, so that expired ones can't pile up. */
const looksPerWrite = 2;

/**
 * Keeps entries in this process: for development, tests and servers of one process. They are gone when it ends.
 *
 * @example
 * ```ts
 * const store = new MemoryStore({ maxEntries: 10_000 });
 * ```
 */
export class MemoryStore implements Store {
  /** What it can do: see `StoreCapabilities`. */
  readonly capabilities = { compareAndSet: "this process", groups: true } as const;
  readonly #entries = new ShardedMap<MemoryEntry>();
  readonly #byRecency = new RecencyList<MemoryEntry>();
  readonly #groups = new GroupIndex();
  readonly #maxEntries: number;
  readonly #clock: () => number;
  #writes = 0;

  /** @throws SessionConfigError when `maxEntries` is not a positive whole number. */
  constructor({ maxEntries = 1_000_000, clock = Date.now }: MemoryStoreOptions = {}) {
    assertWholeNumber("maxEntries", maxEntries);
    this.#maxEntries = maxEntries;
    this.#clock = clock;
  }

  /** How many entries it holds, those included that have ended and were not swept yet. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: string): StoreEntry | null {
    const entry = this.#live(key);
    return entry === null ? null : toStoreEntry(entry);
  }

  set(key: string, value: string, expiresIn: number, options: SetOptions = {}): StoreEntry | null {
    const present = this.#live(key);
    if (!isAllowed(options, present)) return null;
    const entry = present ?? this.#create(key);
    this.#writes += 1;
    entry.value = value;
    entry.token = String(this.#writes);
    this.#moveTo(options.group, entry);
    this.#touch(entry, expiresIn);
    return toStoreEntry(entry);
  }

  delete(key: string, condition?: WhenUnchanged): boolean {
    const present = this.#live(key);
    if (condition !== undefined && !isAllowed(condition, present)) return false;
    if (present !== null) this.#remove(present);
    return true;
  }

  renew(key: string, expiresIn: number): boolean {
    const present = this.#live(key);
    if (present === null) return false;
    this.#touch(present, expiresIn);
    return true;
  }

  keysOf(group: string): readonly string[] {
    return this.#groups.keysOf(group);
  }

  #live(key: string): MemoryEntry | null {
    const entry = this.#entries.get(key);
    if (entry === undefined || !this.#isExpired(entry)) return entry ?? null;
    this.#remove(entry);
    return null;
  }

  #create(key: string): MemoryEntry {
    const entry: MemoryEntry = {
      key,
      value: "",
      token: "",
      expiresAt: 0,
      membership: undefined,
      previous: undefined,
      next: undefined,
    };
    this.#entries.set(key, entry);
    this.#byRecency.add(entry);
    return entry;
  }

  /** Makes an entry the last to be evicted. */
  #touch(entry: MemoryEntry, expiresIn: number): void {
    entry.expiresAt = this.#clock() + expiresIn * 1000;
    this.#byRecency.remove(entry);
    this.#byRecency.add(entry);
    this.#sweepSome();
    const { oldest } = this.#byRecency;
    if (this.#entries.size > this.#maxEntries && oldest !== undefined) this.#remove(oldest);
  }

  #moveTo(group: string | undefined, entry: MemoryEntry): void {
    const { key, membership } = entry;
    if (membership?.group.name === group) return;
    if (membership !== undefined) this.#groups.leave(membership);
    entry.membership = group === undefined ? undefined : this.#groups.join(group, key);
  }

  #remove(entry: MemoryEntry): void {
    this.#moveTo(undefined, entry);
    this.#byRecency.remove(entry);
    this.#entries.delete(entry.key);
  }

  #sweepSome(): void {
    for (let look = 0; look < looksPerWrite; look += 1) {
      const entry = this.#byRecency.advance();
      if (entry !== undefined && this.#isExpired(entry)) this.#remove(entry);
    }
  }

  #isExpired({ expiresAt }: MemoryEntry): boolean {
    return expiresAt <= this.#clock();
  }
}

function toStoreEntry({ value, token, expiresAt }: MemoryEntry): StoreEntry {
  return { value, token, expiresAt };
}
