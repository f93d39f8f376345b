import { randomBytes } from "node:crypto";
import type { SetOptions, Store, StoreEntry, WhenUnchanged } from "./base.js";

/** What `NewNameStore` takes. */
export interface NewNameStoreOptions {
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * Keeps entries in NewName.
 *
 * @example
 * ```ts
 * const store = new NewNameStore();
 * ```
 */
export class NewNameStore implements Store {
  /** What it can do: see `StoreCapabilities`. */
  readonly capabilities = { compareAndSet: "everywhere", groups: false } as const;
  readonly #clock: () => number;

  constructor({ clock = Date.now }: NewNameStoreOptions = {}) {
    this.#clock = clock;
  }

  async get(key: string): Promise<StoreEntry | null> {
    const entry = await this.#read(key);
    return entry === null || entry.expiresAt <= this.#clock() ? null : entry;
  }

  async set(key: string, value: string, expiresIn: number, options: SetOptions = {}): Promise<StoreEntry | null> {
    const token = randomBytes(9).toString("base64url");
    const entry = { value, token, expiresAt: this.#clock() + expiresIn * 1000 };
    return (await this.#write(key, entry, options)) ? entry : null;
  }

  async delete(key: string, condition?: WhenUnchanged): Promise<boolean> {
    return this.#remove(key, condition ?? {});
  }

  async renew(key: string, expiresIn: number): Promise<boolean> {
    return this.#extend(key, this.#clock() + expiresIn * 1000);
  }

  #read(key: string): Promise<StoreEntry | null> {
    return notWritten("read the entry of a key", key);
  }

  #write(key: string, entry: StoreEntry, condition: SetOptions): Promise<boolean> {
    const task =
      "write an entry if the condition holds (isAllowed in condition.ts; what has ended is absent), in one step";
    return notWritten(task, key, entry, condition);
  }

  #remove(key: string, condition: SetOptions): Promise<boolean> {
    return notWritten("remove an entry if the condition holds, in one step", key, condition);
  }

  #extend(key: string, expiresAt: number): Promise<boolean> {
    return notWritten("give an entry that has not ended another end, its token unchanged", key, expiresAt);
  }
}

/** Takes the place of what is still to be written; goes when everything is. */
function notWritten(task: string, ..._given: unknown[]): never {
  throw new Error(`Still to be written, in src/stores/new-name.ts: ${task}.`);
}
