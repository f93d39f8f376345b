import { assertMethods } from "../assert-methods.js";
import { SessionStoreError } from "../errors.js";
import type { Store, StoreEntry } from "./base.js";
import { createBridge, type BridgeOptions } from "./bridge.js";

/** What the bridge uses of an unstorage driver or storage. Drivers may leave methods out: then they are refused. */
export interface UnstorageItems {
  /** The value of a key, now or later; `null` where there is none. */
  getItem(key: string, options: object): unknown;
  /** Writes a value. `ttl` is in seconds; drivers that don't know it keep the value. */
  setItem?(key: string, value: string, options: { ttl: number }): unknown;
  /** Removes a value. */
  removeItem?(key: string, options: object): unknown;
}

/**
 * A store on any driver of unstorage, or on a storage that `createStorage` gave.
 *
 * These have no compare-and-set, so overlapping requests lose nothing among all that use this same object in one process
 * (a storage and its driver are two). Of two processes that write one session at the same moment, the later write wins,
 * and one that is under way can bring back a session that another process logged out: `capabilities.compareAndSet` says
 * so. Sessions can't be found by their user either. Drivers that don't know `ttl`, such as `fs`, keep sessions that have
 * ended until something else removes them; those that read old values for a while, such as Cloudflare KV, can't promise
 * anything.
 *
 * @throws SessionConfigError when it can't be written to, or `timeout` is not a positive number.
 *
 * @example
 * ```ts
 * const store = fromUnstorage(redisDriver({ base: "sessions" }));
 * ```
 */
export function fromUnstorage(items: UnstorageItems, options: BridgeOptions = {}): Store {
  const fix = "Give a driver of unstorage that can write, or what createStorage returned.";
  assertMethods("storage", items, ["getItem", "setItem", "removeItem"], fix);
  let isTried = false;

  async function read(name: string): Promise<StoreEntry | null> {
    const text = await ask("read", name, () => items.getItem(name, {}));
    return text === undefined || text === null ? null : parseEntry(text, name);
  }

  return createBridge(
    items,
    {
      read,
      write: async (name, entry, expiresIn) => {
        const ttl = Math.ceil(expiresIn);
        await ask("write", name, () => items.setItem?.(name, formatEntry(entry), { ttl }));
        // Read-only drivers take a write and drop it. Once is enough: they don't come and go.
        if (!isTried && (await read(name)) === null) {
          throw new SessionStoreError(`The storage did not keep ${name}: it is read-only, or reads old values.`);
        }
        isTried = true;
      },
      remove: async (name) => {
        await ask("remove", name, () => items.removeItem?.(name, {}));
        // A storage does not tell what its driver could not remove, and a logout must not fail unseen.
        if (((await ask("read", name, () => items.getItem(name, {}))) ?? null) !== null) {
          throw new SessionStoreError(`The storage still holds ${name} after removing it.`);
        }
      },
    },
    options,
  );
}

/** What a driver answers, now or later. */
async function ask(does: "read" | "write" | "remove", name: string, call: () => unknown): Promise<unknown> {
  const problem = `The storage failed to ${does} ${name}.`;
  let answer: unknown;
  try {
    answer = await call();
  } catch (cause) {
    throw new SessionStoreError(problem, { cause });
  }
  // The `fs` drivers give errors back instead of throwing them.
  if (answer instanceof Error) throw new SessionStoreError(problem, { cause: answer });
  return answer;
}

/** A text that no driver takes for JSON, or a number: storages parse what looks like it. */
function formatEntry({ expiresAt, token, value }: StoreEntry): string {
  return `${expiresAt} ${token} ${value.length}\n${value}`;
}

/** The length tells a text that another process has written half of so far. */
function parseEntry(text: unknown, name: string): StoreEntry {
  const [head = "", expiresAt, token, length] =
    (typeof text === "string" ? /^(\d+(?:\.\d+)?) ([\w-]+) (\d+)\n/.exec(text) : null) ?? [];
  const value = typeof text === "string" ? text.slice(head.length) : "";
  if (token !== undefined && Number(length) === value.length) return { value, token, expiresAt: Number(expiresAt) };
  throw new SessionStoreError(
    `The storage holds something under ${name} that typed-session did not write, or not in whole. Remove it.`,
  );
}
