import { assertMethods } from "../assert-methods.js";
import { SessionStoreError } from "../errors.js";
import type { Store, StoreEntry } from "./base.js";
import { createBridge, type BridgeOptions } from "./bridge.js";
import { hasCode } from "./file-errors.js";

/** What the bridge uses of an express-session store. Every store that extends express-session's `Store` has it. */
export interface ExpressSessionStore {
  /** Gives the callback the session of an id, or nothing where there is none. */
  get(sid: string, callback: (error: unknown, session?: unknown) => void): unknown;
  /** Stores a session, until its cookie expires, and calls back when it is there. */
  set(sid: string, session: object, callback: (error?: unknown) => void): unknown;
  /** Removes a session, and calls back when it is gone. */
  destroy(sid: string, callback: (error?: unknown) => void): unknown;
}

/**
 * A store on any store made for express-session: connect-redis, connect-pg-simple, session-file-store and the like, the
 * connection and the table that an application has already.
 *
 * Such stores can only be read and written whole, so overlapping requests lose nothing among all that use this store
 * object in one process. Of two processes that write one session at the same moment, the later write wins, and one that
 * is under way can bring back a session that another process logged out: `capabilities.compareAndSet` says so. Sessions
 * can't be found by their user either.
 *
 * @throws SessionConfigError when `store` is no such store, or `timeout` is not a positive number.
 *
 * @example
 * ```ts
 * const PgStore = connectPgSimple(session); // of connect-pg-simple
 * const store = fromExpressSessionStore(new PgStore({ pool }));
 * ```
 */
export function fromExpressSessionStore(store: ExpressSessionStore, options: BridgeOptions = {}): Store {
  const fix = "Give a store made for express-session, with get, set and destroy.";
  assertMethods("store", store, ["get", "set", "destroy"], fix);
  return createBridge(
    store,
    {
      read: async (name) => {
        const session = await ask("read", name, (done) => store.get(name, done));
        return session === undefined || session === null ? null : entryOf(session, name);
      },
      write: async (name, entry, expiresIn) => {
        await ask("write", name, (done) => store.set(name, recordOf(entry, expiresIn), done));
      },
      remove: async (name) => {
        await ask("remove", name, (done) => store.destroy(name, done));
      },
    },
    options,
  );
}

type Done = (error?: unknown, result?: unknown) => void;

/** What a store gives to its callback; `undefined` where it says that there is nothing. */
async function ask(does: "read" | "write" | "remove", name: string, call: (done: Done) => unknown): Promise<unknown> {
  try {
    return await called(call);
  } catch (cause) {
    if (does !== "write" && saysAbsent(cause)) return undefined;
    throw new SessionStoreError(`The express-session store failed to ${does} ${name}.`, { cause });
  }
}

function called(call: (done: Done) => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const returned = call((error, result) => (error ? reject(error) : resolve(result)));
    // What a store throws in an async method reaches no callback.
    if (returned instanceof Promise) returned.catch(reject);
  });
}

/** By express-session's convention ENOENT is no failure, but a session that is not there. A socket that is not there is one. */
function saysAbsent(error: unknown): boolean {
  return hasCode(error, "ENOENT") && !(error instanceof Error && "syscall" in error && error.syscall === "connect");
}

/**
 * A session as express-session would hand it over. Stores take their expiry from the cookie, some from one member, some
 * from another, and by the real time whatever the bridge's clock is.
 */
function recordOf({ value, token, expiresAt }: StoreEntry, expiresIn: number): object {
  const milliseconds = expiresIn * 1000;
  return {
    cookie: {
      originalMaxAge: milliseconds,
      maxAge: milliseconds,
      expires: new Date(Date.now() + milliseconds),
      httpOnly: true,
      path: "/",
    },
    typedSession: { value, token, expiresAt },
  };
}

function entryOf(session: unknown, name: string): StoreEntry {
  const { typedSession }: { typedSession?: unknown } = Object(session);
  const { value, token, expiresAt }: { value?: unknown; token?: unknown; expiresAt?: unknown } = Object(typedSession);
  if (typeof value === "string" && typeof token === "string" && typeof expiresAt === "number") {
    return { value, token, expiresAt };
  }
  throw new SessionStoreError(
    `The express-session store holds something under ${name} that typed-session did not write. Remove it.`,
  );
}
