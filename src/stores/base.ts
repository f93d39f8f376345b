import type { MaybePromise } from "../types.js";

/** What a store keeps under one key. */
export interface StoreEntry {
  /** What was written. */
  readonly value: string;
  /** Changes with every write of the key: the store's own mark, for compare-and-set. */
  readonly token: string;
  /** When the entry ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Lets a write happen only if the key still holds what was read: the entry with this token. */
export interface WhenUnchanged {
  /** The condition's name. */
  readonly when: "unchanged";
  /** The mark of the entry that was read. */
  readonly token: string;
}

/** Lets a write create, never overwrite: it happens only if nothing is stored under the key. */
export interface WhenAbsent {
  /** The condition's name. */
  readonly when: "absent";
}

/** Lets a write update, never create: it happens only if something is stored under the key. */
export interface WhenPresent {
  /** The condition's name. */
  readonly when: "present";
}

/** Writes whatever is stored under the key. */
export interface Always {
  /** No condition. */
  readonly when?: undefined;
}

/** How a value is written. */
export type SetOptions = (Always | WhenAbsent | WhenPresent | WhenUnchanged) & {
  /** Something that several keys have in common, such as their user: see {@link Store.keysOf}. */
  readonly group?: string | undefined;
};

/** What a kind of store can do beyond keeping values. */
export interface StoreCapabilities {
  /**
   * Whom a conditional write guards against: every process that uses the storage, or only this one. Sessions that
   * several processes share lose nothing to overlapping requests only with `"everywhere"`.
   */
  readonly compareAndSet: "everywhere" | "this process";
  /** Whether the store finds keys by their group: `keysOf` is there. Logging a user out everywhere needs it. */
  readonly groups: boolean;
}

/**
 * Keeps values by key until they expire. Sessions need no more than this.
 *
 * A store that can't answer rejects; it never says "nothing there" instead. Expired entries are absent for every
 * method. The conformance suite in `stores/store-conformance.ts` is this contract as tests.
 */
export interface Store {
  /** What this kind of store can do. */
  readonly capabilities: StoreCapabilities;
  /**
   * The entry of a key, or `null`.
   *
   * @throws SessionStoreError when the storage does not answer in time, or holds what is no entry; or the storage's own error.
   */
  get(key: string): MaybePromise<StoreEntry | null>;
  /**
   * Writes a value that ends after `expiresIn` seconds.
   *
   * @param expiresIn - in seconds
   * @returns the entry now stored, or `null` when the condition was not met: nothing was written then.
   * @throws SessionStoreError when the storage does not answer in time, or holds what is no entry; or the storage's own error.
   */
  set(key: string, value: string, expiresIn: number, options?: SetOptions): MaybePromise<StoreEntry | null>;
  /**
   * Removes a key. Writes with `when: "unchanged"` or `"present"` that are under way fail from here on.
   *
   * @returns false when the condition was not met: nothing was removed then.
   * @throws SessionStoreError when the storage does not answer in time, or holds what is no entry; or the storage's own error.
   */
  delete(key: string, condition?: WhenUnchanged): MaybePromise<boolean>;
  /**
   * Lets an entry end after `expiresIn` seconds from now.
   *
   * @param expiresIn - in seconds
   * @param group - the one it was written with
   * @returns whether there is an entry.
   * @throws SessionStoreError when the storage does not answer in time, or holds what is no entry; or the storage's own error.
   */
  renew(key: string, expiresIn: number, group?: string): MaybePromise<boolean>;
  /**
   * Every key that is stored and was last written with this group. It may name more: keys that have ended, or belong
   * to another group by now. Only with `capabilities.groups`.
   *
   * @throws SessionStoreError when the storage does not answer in time, or holds what is no entry; or the storage's own error.
   */
  keysOf?(group: string): MaybePromise<readonly string[]>;
}
