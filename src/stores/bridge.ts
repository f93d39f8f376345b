import { SessionStoreError } from "../errors.js";
import { takeRandomBytes } from "../random-bytes.js";
import type { Store, StoreEntry } from "./base.js";
import { isAllowed } from "./condition.js";
import { turnsOf } from "./serialize-by-key.js";
import { storageName } from "./storage-name.js";
import { assertTimeout, withTimeLimit } from "./time-limit.js";

/** What `fromExpressSessionStore` and `fromUnstorage` take. */
export interface BridgeOptions {
  /**
   * How long an operation may take, in seconds; then it is an error, and a write may have been kept or not. Until a write
   * answers, others of its key wait for it, twelve times as long at most. Default 5.
   */
  readonly timeout?: number;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/** What a bridge needs of a storage: to keep whole entries by name, whether it removes ended ones or not. */
export interface EntryStorage {
  read(name: string): Promise<StoreEntry | null>;
  /** `expiresIn` is in seconds, for storages that remove ended entries themselves. */
  write(name: string, entry: StoreEntry, expiresIn: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What one operation may do with its entry. Each fails when the operation's time is over. */
interface Access {
  /** The entry, or `null` where there is none or it has ended. */
  read(): Promise<StoreEntry | null>;
  write(entry: StoreEntry, expiresIn: number): Promise<void>;
  remove(): Promise<void>;
}

/**
 * How many timeouts a write that does not answer keeps its key for. It may still arrive, and must not undo what came
 * after it; but a storage that lost it must not block the key for ever.
 */
const patience = 12;

/**
 * A store on a storage without compare-and-set: reading, checking and writing are one step for all in this process who
 * use the same `owner`.
 *
 * @throws SessionConfigError when `timeout` is not a positive number.
 */
export function createBridge(
  owner: object,
  storage: EntryStorage,
  { timeout = 5, clock = Date.now }: BridgeOptions,
): Store {
  assertTimeout(timeout);
  const turns = turnsOf(owner);

  function operate<T>(turn: "share" | "alone", key: string, work: (access: Access) => Promise<T>): Promise<T> {
    const name = storageName(key);
    const problem = `The store did not answer for ${name}`;
    return withTimeLimit(timeout, problem, (isOver) => turns[turn](name, () => work(accessTo(name, problem, isOver))));
  }

  function accessTo(name: string, problem: string, isOver: () => boolean): Access {
    const within = <T>(seconds: number, call: () => Promise<T>): Promise<T> => {
      if (isOver()) throw new SessionStoreError(`${problem} in time.`);
      return withTimeLimit(seconds, problem, call);
    };
    return {
      read: async () => {
        const entry = await within(timeout, () => storage.read(name));
        return entry === null || entry.expiresAt <= clock() ? null : entry;
      },
      write: async (entry, expiresIn) => within(timeout * patience, () => storage.write(name, entry, expiresIn)),
      remove: async () => within(timeout * patience, () => storage.remove(name)),
    };
  }

  return {
    capabilities: { compareAndSet: "this process", groups: false },
    get: (key) => operate("share", key, ({ read }) => read()),
    set: (key, value, expiresIn, options = {}) =>
      operate("alone", key, async ({ read, write }) => {
        if (options.when !== undefined && !isAllowed(options, await read())) return null;
        const token = takeRandomBytes(9).toString("base64url");
        const entry = { value, token, expiresAt: clock() + expiresIn * 1000 };
        await write(entry, expiresIn);
        return entry;
      }),
    delete: (key, condition) =>
      operate("alone", key, async ({ read, remove }) => {
        if (condition !== undefined && !isAllowed(condition, await read())) return false;
        await remove();
        return true;
      }),
    renew: (key, expiresIn) =>
      operate("alone", key, async ({ read, write }) => {
        const present = await read();
        if (present === null) return false;
        await write({ ...present, expiresAt: clock() + expiresIn * 1000 }, expiresIn);
        return true;
      }),
  };
}
