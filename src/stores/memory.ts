import { SessionConfigError } from "../errors.js";
import type { SetOptions, Store, StoreEntry, WhenUnchanged } from "./base.js";
import { isAllowed } from "./condition.js";

/** What `MemoryStore` takes. */
export interface MemoryStoreOptions {
  /** The most entries it holds. The one that was written or renewed longest ago goes first. Default 1,000,000. */
  readonly maxEntries?: number;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

interface MemoryEntry extends StoreEntry {
  readonly group: string | undefined;
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
  // In the order of their last write or renewal, so that the first is the one to be evicted.
  readonly #entries = new Map<string, MemoryEntry>();
  readonly #groups = new Map<string, Set<string>>();
  readonly #maxEntries: number;
  readonly #clock: () => number;
  // Goes round all entries, over and over: a map's iterator also sees what is added behind it.
  #sweep: MapIterator<[string, MemoryEntry]>;
  #writes = 0;

  /** @throws SessionConfigError when `maxEntries` is not a positive whole number. */
  constructor({ maxEntries = 1_000_000, clock = Date.now }: MemoryStoreOptions = {}) {
    if (!Number.isSafeInteger(maxEntries) || maxEntries < 1) {
      throw new SessionConfigError("maxEntries", `is ${maxEntries}`, "Give a whole number, 1 or more.");
    }
    this.#maxEntries = maxEntries;
    this.#clock = clock;
    this.#sweep = this.#entries.entries();
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
    if (!isAllowed(options, this.#live(key))) return null;
    this.#writes += 1;
    const expiresAt = this.#clock() + expiresIn * 1000;
    return toStoreEntry(this.#put(key, { value, token: String(this.#writes), expiresAt, group: options.group }));
  }

  delete(key: string, condition?: WhenUnchanged): boolean {
    if (condition !== undefined && !isAllowed(condition, this.#live(key))) return false;
    this.#remove(key);
    return true;
  }

  renew(key: string, expiresIn: number): boolean {
    const present = this.#live(key);
    if (present === null) return false;
    this.#put(key, { ...present, expiresAt: this.#clock() + expiresIn * 1000 });
    return true;
  }

  keysOf(group: string): readonly string[] {
    return [...(this.#groups.get(group) ?? [])];
  }

  #live(key: string): MemoryEntry | null {
    const entry = this.#entries.get(key);
    if (entry === undefined || !this.#isExpired(entry)) return entry ?? null;
    this.#remove(key);
    return null;
  }

  #put(key: string, entry: MemoryEntry): MemoryEntry {
    this.#remove(key);
    this.#entries.set(key, entry);
    if (entry.group !== undefined) this.#membersOf(entry.group).add(key);
    this.#sweepSome();
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#maxEntries && oldest !== undefined) this.#remove(oldest);
    return entry;
  }

  #membersOf(group: string): Set<string> {
    const members = this.#groups.get(group) ?? new Set<string>();
    this.#groups.set(group, members);
    return members;
  }

  #remove(key: string): void {
    const group = this.#entries.get(key)?.group;
    this.#entries.delete(key);
    if (group === undefined) return;
    const members = this.#membersOf(group);
    members.delete(key);
    if (members.size === 0) this.#groups.delete(group);
  }

  #sweepSome(): void {
    for (let look = 0; look < looksPerWrite; look += 1) {
      const next = this.#sweep.next();
      if (next.done === true) {
        this.#sweep = this.#entries.entries();
        return;
      }
      const [key, entry] = next.value;
      if (this.#isExpired(entry)) this.#remove(key);
    }
  }

  #isExpired(entry: StoreEntry): boolean {
    return entry.expiresAt <= this.#clock();
  }
}

function toStoreEntry({ value, token, expiresAt }: MemoryEntry): StoreEntry {
  return { value, token, expiresAt };
}
