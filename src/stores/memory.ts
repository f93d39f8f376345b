import { SessionConfigError } from "../errors.js";
import type { Store, StoreEntry, WhenAbsent, WhenUnchanged } from "./base.js";

/** What `MemoryStore` takes. */
export interface MemoryStoreOptions {
  /** The most entries it holds. The one that was written or renewed longest ago goes first. Default 1,000,000. */
  readonly maxEntries?: number;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * Keeps entries in this process: for development, tests and servers of one process. They are gone when it ends.
 *
 * @example
 * ```ts
 * const store = new MemoryStore({ maxEntries: 10_000 });
 * ```
 */
export class MemoryStore implements Store {
  // In the order of their last write or renewal, so that the first are the first to expire or to be evicted.
  readonly #entries = new Map<string, StoreEntry>();
  readonly #maxEntries: number;
  readonly #clock: () => number;
  #writes = 0;

  /** @throws SessionConfigError when `maxEntries` is not a positive whole number. */
  constructor({ maxEntries = 1_000_000, clock = Date.now }: MemoryStoreOptions = {}) {
    if (!Number.isSafeInteger(maxEntries) || maxEntries < 1) {
      throw new SessionConfigError("maxEntries", `is ${maxEntries}`, "Give a whole number, 1 or more.");
    }
    this.#maxEntries = maxEntries;
    this.#clock = clock;
  }

  get(key: string): StoreEntry | null {
    const entry = this.#entries.get(key);
    if (entry === undefined || !this.#isExpired(entry)) return entry ?? null;
    this.#entries.delete(key);
    return null;
  }

  set(key: string, value: string, expiresIn: number, condition?: WhenAbsent | WhenUnchanged): StoreEntry | null {
    const present = this.get(key);
    if (condition?.when === "absent" && present !== null) return null;
    if (condition?.when === "unchanged" && present?.token !== condition.token) return null;
    this.#writes += 1;
    return this.#put(key, { value, token: String(this.#writes), expiresAt: this.#clock() + expiresIn * 1000 });
  }

  delete(key: string, condition?: WhenUnchanged): boolean {
    if (condition !== undefined && this.get(key)?.token !== condition.token) return false;
    this.#entries.delete(key);
    return true;
  }

  renew(key: string, expiresIn: number): boolean {
    const present = this.get(key);
    if (present === null) return false;
    this.#put(key, { ...present, expiresAt: this.#clock() + expiresIn * 1000 });
    return true;
  }

  #put(key: string, entry: StoreEntry): StoreEntry {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#dropOldest();
    return entry;
  }

  /** Two at most with each write: that keeps up with any number of expired entries and never stops the process. */
  #dropOldest(): void {
    let looks = 0;
    for (const [key, entry] of this.#entries) {
      const isSurplus = this.#entries.size > this.#maxEntries;
      if ((!isSurplus && !this.#isExpired(entry)) || (looks += 1) > 2) return;
      this.#entries.delete(key);
    }
  }

  #isExpired(entry: StoreEntry): boolean {
    return entry.expiresAt <= this.#clock();
  }
}
