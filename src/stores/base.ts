import type { MaybePromise } from "../types.js";

/** What a store keeps under one key. */
export interface StoreEntry {
  readonly value: string;
  /** Changes with every write of the key: the store's own mark, for compare-and-set. */
  readonly token: string;
  /** When the entry ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Lets a write happen only if the key still holds what was read: the entry with this token. */
export interface WhenUnchanged {
  readonly when: "unchanged";
  readonly token: string;
}

/** Lets a write happen only if nothing is stored under the key. */
export interface WhenAbsent {
  readonly when: "absent";
}

/**
 * Keeps values by key until they expire. Sessions need no more than this.
 *
 * A store that can't answer rejects; it never says "nothing there" instead. Expired entries are absent for every
 * method. The conformance suite in `stores/store-conformance.ts` is this contract as tests.
 */
export interface Store {
  /** The entry of a key, or `null`. */
  get(key: string): MaybePromise<StoreEntry | null>;
  /**
   * Writes a value that ends after `expiresIn` seconds.
   *
   * @returns the entry now stored, or `null` when the condition was not met: nothing was written then.
   */
  set(
    key: string,
    value: string,
    expiresIn: number,
    condition?: WhenAbsent | WhenUnchanged,
  ): MaybePromise<StoreEntry | null>;
  /**
   * Removes a key. Writes with `when: "unchanged"` that are under way fail from here on.
   *
   * @returns false when the condition was not met: nothing was removed then.
   */
  delete(key: string, condition?: WhenUnchanged): MaybePromise<boolean>;
  /** Lets an entry end after `expiresIn` seconds from now. Returns whether there is one. */
  renew(key: string, expiresIn: number): MaybePromise<boolean>;
}
