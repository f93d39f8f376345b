import { SessionStoreError } from "../errors.js";
import { takeRandomBytes } from "../random-bytes.js";
import type { SetOptions, Store, StoreEntry, WhenUnchanged } from "./base.js";
import { createSend, keepsOrder, type RedisClient, type SendToRedis } from "./redis-client.js";
import { parseEntry, parseIsWritten, parseKeys, unexpected } from "./redis-replies.js";
import { deleteScript, joinGroupScript, renewScript, setScript, type RedisScript } from "./redis-scripts.js";
import { assertTimeout, withTimeLimit } from "./time-limit.js";

/** Keys that would have the name of a group, or of such a key. */
const mayNameAGroup = /^(group|key):/;

/** What `RedisStore` takes. */
export interface RedisStoreOptions {
  /** The application's own connection: of `redis` (node-redis) 4 or later, or of `ioredis` 5 or later. */
  readonly client: RedisClient;
  /** What the keys in Redis begin with. Default `"session:"`. */
  readonly prefix?: string;
  /**
   * How long Redis may take to answer a command, in seconds; then it is an error, and a write may have been made or not.
   * Clients wait for a lost connection to come back, and would hold up every request that long. Default 5.
   */
  readonly timeout?: number;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * Keeps entries in Redis or Valkey, shared by any number of processes.
 *
 * A read is one command and a write is one script, each on one key: nothing is lost between two steps, and a cluster is
 * as good as a single server. Redis removes what has ended.
 *
 * @example
 * ```ts
 * const client = await createClient({ url: process.env.REDIS_URL }).connect();
 * const store = new RedisStore({ client });
 * ```
 */
export class RedisStore implements Store {
  /** What it can do: see `StoreCapabilities`. */
  readonly capabilities = { compareAndSet: "everywhere", groups: true } as const;
  readonly #send: SendToRedis;
  readonly #keepsOrder: boolean;
  readonly #prefix: string;
  readonly #timeout: number;
  readonly #clock: () => number;

  /** @throws SessionConfigError when `client` is no client of Redis, or `timeout` is not a positive number. */
  constructor({ client, prefix = "session:", timeout = 5, clock = Date.now }: RedisStoreOptions) {
    assertTimeout(timeout);
    this.#send = createSend(client);
    this.#keepsOrder = keepsOrder(client);
    this.#prefix = prefix;
    this.#timeout = timeout;
    this.#clock = clock;
  }

  async get(key: string): Promise<StoreEntry | null> {
    const name = this.#entryName(key);
    const entry = parseEntry(await this.#ask(name, ["hmget", name, "t", "v", "e"]), name);
    return entry === null || entry.expiresAt <= this.#clock() ? null : entry;
  }

  async set(key: string, value: string, expiresIn: number, options: SetOptions = {}): Promise<StoreEntry | null> {
    const now = this.#clock();
    const milliseconds = Math.ceil(expiresIn * 1000);
    const entry = { value, token: takeRandomBytes(9).toString("base64url"), expiresAt: now + milliseconds };
    const expected = options.when === "unchanged" ? options.token : "";
    const parameters = [now, options.when ?? "always", expected, entry.token, value, entry.expiresAt, milliseconds];
    const join = this.#joinGroup(options.group, key, now, entry.expiresAt);
    const isWritten = await this.#after(join, () => this.#run(setScript, this.#entryName(key), parameters));
    return isWritten ? entry : null;
  }

  async delete(key: string, condition?: WhenUnchanged): Promise<boolean> {
    const name = this.#entryName(key);
    if (condition !== undefined) return this.#run(deleteScript, name, [this.#clock(), condition.token]);
    await this.#ask(name, ["del", name]);
    return true;
  }

  async renew(key: string, expiresIn: number, group?: string): Promise<boolean> {
    const now = this.#clock();
    const milliseconds = Math.ceil(expiresIn * 1000);
    const parameters = [now, now + milliseconds, milliseconds];
    const join = this.#joinGroup(group, key, now, now + milliseconds);
    return this.#after(join, () => this.#run(renewScript, this.#entryName(key), parameters));
  }

  async keysOf(group: string): Promise<readonly string[]> {
    const name = this.#groupName(group);
    return parseKeys(await this.#ask(name, ["zrangebyscore", name, `(${this.#clock()}`, "+inf"]), name);
  }

  async #joinGroup(group: string | undefined, key: string, now: number, expiresAt: number): Promise<void> {
    if (group === undefined) return;
    const name = this.#groupName(group);
    // The whole text each time: a script that Redis has forgotten would be sent again behind the entry.
    await this.#ask(name, ["eval", joinGroupScript.text, "1", name, String(now), String(expiresAt), key]);
  }

  /** Writes an entry after it joined its group: one that has not would not be found. */
  async #after(join: Promise<void>, write: () => Promise<boolean>): Promise<boolean> {
    if (!this.#keepsOrder) await join;
    const [, isWritten] = await Promise.all([join, write()]);
    return isWritten;
  }

  async #run(script: RedisScript, name: string, parameters: readonly (string | number)[]): Promise<boolean> {
    const rest = ["1", name, ...parameters.map(String)];
    try {
      return parseIsWritten(await this.#ask(name, ["evalsha", script.sha1, ...rest]), name);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return parseIsWritten(await this.#ask(name, ["eval", script.text, ...rest]), name);
    }
  }

  // Names of commands are in lower case: iovalkey and older ioredis find the keys in a command by that.
  #ask(name: string, command: [string, ...string[]]): Promise<unknown> {
    return withTimeLimit(this.#timeout, `Redis did not answer for ${name}`, async () => {
      const reply = await this.#replyTo(name, command);
      // Redis has no such reply: these clients take callbacks instead of giving promises.
      if (reply === undefined) {
        throw new SessionStoreError(`The client gave no reply for ${name}. Give one that is not in legacy mode.`);
      }
      return reply;
    });
  }

  async #replyTo(name: string, command: [string, ...string[]]): Promise<unknown> {
    try {
      return await this.#send(name, command);
    } catch (error) {
      const cause = withoutCommand(error);
      if (isOfOtherType(cause)) throw unexpected(name, { cause });
      throw new SessionStoreError(`Redis failed to answer for ${name}.`, { cause });
    }
  }

  #entryName(key: string): string {
    return this.#prefix + (mayNameAGroup.test(key) ? `key:${key}` : key);
  }

  #groupName(group: string): string {
    return `${this.#prefix}group:${group}`;
  }
}

/** ioredis puts the command on its errors, and with it the session's text: that is not for logs. */
function withoutCommand(error: unknown): unknown {
  if (!(error instanceof Error) || !("command" in error)) return error;
  const kept = new Error(error.message);
  return Object.assign(kept, { name: error.name, stack: error.stack });
}

/** Redis forgets scripts when it restarts, or is told to. */
function isUnknownScript(error: unknown): boolean {
  const cause = error instanceof SessionStoreError ? error.cause : undefined;
  return cause instanceof Error && cause.message.startsWith("NOSCRIPT");
}

/** The key holds another type than a hash or a sorted set. Older servers put a script's own words before that. */
function isOfOtherType(error: unknown): boolean {
  return error instanceof Error && error.message.includes("WRONGTYPE");
}
