import { randomUUID } from "node:crypto";
import { RedisStore } from "connect-redis";
import connectPgSimple from "connect-pg-simple";
import expressSession from "express-session";
import pg from "pg";
import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { SessionConfigError, SessionStoreError } from "../errors.js";
import type { Store } from "./base.js";
import { fromExpressSessionStore, type ExpressSessionStore } from "./express-session-bridge.js";
import { closedGate, settled } from "./gate.fixture.js";
import { withNamespace } from "./namespace.js";
import { describeStore } from "./store-conformance.js";

const key = "a".repeat(64);

describeStore("a bridge to express-session's MemoryStore", {
  create: (clock) => fromExpressSessionStore(new expressSession.MemoryStore(), { clock }),
});

const redis = await connectRedis();

describe.skipIf(redis === null)("with a Redis", () => {
  const prefix = `typed-session-test:${randomUUID()}:`;
  const open = (options: { clock?: () => number } = {}) => {
    const inner = new RedisStore({ client: redis, prefix: `${prefix}${randomUUID()}:` });
    return { inner, store: fromExpressSessionStore(inner, options) };
  };

  afterAll(async () => {
    await promised((done) => new RedisStore({ client: redis, prefix }).clear(done));
    await redis?.close();
  });

  describeStore("a bridge to connect-redis", { create: (clock) => open({ clock }).store });

  test("a bridge to connect-redis lets Redis remove what has ended, and renews that too", async () => {
    const { inner, store } = open();
    await store.set(key, "1", 60);
    const before = await redis?.pTTL(`${inner.prefix}${key}`);
    expect(before).toBeGreaterThan(50_000);
    expect(before).toBeLessThanOrEqual(60_000);
    await store.renew(key, 600);
    expect(await redis?.pTTL(`${inner.prefix}${key}`)).toBeGreaterThan(590_000);
  });
});

const pool = await connectPostgres();

describe.skipIf(pool === null)("with a PostgreSQL", () => {
  const schemaName = `typed_session_test_${randomUUID().replaceAll("-", "")}`;
  const PgStore = connectPgSimple(expressSession);
  const inner = pool && new PgStore({ pool, schemaName, createTableIfMissing: true, pruneSessionInterval: false });
  const open = (options: { clock?: () => number } = {}) => {
    if (inner === null) throw new Error("There is no PostgreSQL");
    return withNamespace(fromExpressSessionStore(inner, options), randomUUID());
  };

  beforeAll(() => pool?.query(`CREATE SCHEMA ${schemaName}`));
  afterAll(async () => {
    await pool?.query(`DROP SCHEMA IF EXISTS ${schemaName} CASCADE`);
    await pool?.end();
  });

  describeStore("a bridge to connect-pg-simple", {
    create: (clock) => open({ clock }),
  });

  test("a bridge to connect-pg-simple lets the table's column say when a session ends, for the sweep of what has ended", async () => {
    const store = open();
    await store.set(key, "1", 100_000);
    await store.renew(key, 200_000);
    const seconds = "extract(epoch FROM expire) - extract(epoch FROM localtimestamp)";
    const rows = await pool?.query(`SELECT max(${seconds})::int AS left FROM ${schemaName}.session`);
    expect(rows?.rows[0].left).toBeGreaterThan(199_000);
  });
});

/** An express-session store in memory that answers at once. */
function mapStore(overrides: Partial<ExpressSessionStore> = {}) {
  const sessions = new Map<string, object>();
  const store: ExpressSessionStore = {
    get: (sid, callback) => callback(null, sessions.get(sid)),
    set: (sid, session, callback) => {
      sessions.set(sid, session);
      callback();
    },
    destroy: (sid, callback) => {
      sessions.delete(sid);
      callback();
    },
    ...overrides,
  };
  return { sessions, store };
}

/** Every operation that asks the store with this method. */
const operations: Record<keyof ExpressSessionStore, (store: Store) => unknown> = {
  get: (store) => store.get(key),
  set: (store) => store.set(key, "1", 60),
  destroy: (store) => store.delete(key),
};
const methods = ["get", "set", "destroy"] as const;

describe("fromExpressSessionStore", () => {
  test("does not claim to guard one process against another", () => {
    expect(fromExpressSessionStore(mapStore().store).capabilities).toEqual({
      compareAndSet: "this process",
      groups: false,
    });
  });

  test("hands stores a cookie that says in every way when the session ends", async () => {
    const { sessions, store } = mapStore();
    const before = Date.now();
    await fromExpressSessionStore(store, { clock: () => 0 }).set(key, "value", 60);
    expect(sessions.get(key)).toEqual({
      cookie: { originalMaxAge: 60_000, maxAge: 60_000, expires: expect.any(Date), httpOnly: true, path: "/" },
      typedSession: { value: "value", token: expect.any(String), expiresAt: 60_000 },
    });
    const expires = Reflect.get(Reflect.get(sessions.get(key) ?? {}, "cookie"), "expires");
    expect(Number(expires)).toBeGreaterThanOrEqual(before + 60_000);
    expect(Number(expires)).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  test("a write under way knows nothing of a renewal beside it, and still counts", async () => {
    const store = fromExpressSessionStore(mapStore().store);
    const read = await store.set(key, "1", 60);
    await store.renew(key, 120);
    const written = await store.set(key, "2", 60, { when: "unchanged", token: read?.token ?? "" });
    expect(written?.value).toBe("2");
  });

  test("of two that remove what they read, one did", async () => {
    const store = fromExpressSessionStore(new expressSession.MemoryStore());
    const read = await store.set(key, "1", 60);
    const condition = { when: "unchanged", token: read?.token ?? "" } as const;
    expect(await Promise.all([store.delete(key, condition), store.delete(key, condition)])).toEqual([true, false]);
  });

  test.each([null, undefined])("%s for a session is an absent one", async (session) => {
    const { store } = mapStore({ get: (_sid, callback) => callback(null, session) });
    expect(await fromExpressSessionStore(store).get(key)).toBeNull();
  });

  test("ENOENT is an absent session, as express-session has it, on reading and on removing", async () => {
    const error = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT", syscall: "open" });
    const { store } = mapStore({
      get: (_sid, callback) => callback(error),
      destroy: (_sid, callback) => callback(error),
    });
    expect(await fromExpressSessionStore(store).get(key)).toBeNull();
    expect(await fromExpressSessionStore(store).delete(key)).toBe(true);
  });

  test("ENOENT of a database's socket is an error, never an absent session", async () => {
    const error = Object.assign(new Error("connect ENOENT /run/db.sock"), { code: "ENOENT", syscall: "connect" });
    const { store } = mapStore({ get: (_sid, callback) => callback(error) });
    await expect(fromExpressSessionStore(store).get(key)).rejects.toThrow(SessionStoreError);
  });

  test.each([{ cookie: {}, userId: "u" }, { cookie: {}, typedSession: { value: "1", expiresAt: 9e15 } }, "text", 0])(
    "%j, which another program wrote, is an error that names the key, never an absent session",
    async (session) => {
      const { store } = mapStore({ get: (_sid, callback) => callback(null, session) });
      const bridge = fromExpressSessionStore(store);
      for (const operation of [
        () => bridge.get(key),
        () => bridge.renew(key, 60),
        () => bridge.set(key, "1", 60, { when: "absent" }),
      ]) {
        await expect(operation()).rejects.toThrow(SessionStoreError);
        await expect(operation()).rejects.toThrow(`under ${key} that typed-session did not write`);
      }
    },
  );

  describe.each(methods)("a failing `%s`", (method) => {
    const failure = new Error("The store is down");
    const expectFailure = async (fail: ExpressSessionStore[typeof method]) => {
      const { store } = mapStore({ [method]: fail });
      const operation = async () => operations[method](fromExpressSessionStore(store));
      await expect(operation()).rejects.toThrow(SessionStoreError);
      await expect(operation()).rejects.toMatchObject({ cause: failure });
    };

    test("that tells its callback is an error with its cause", () =>
      expectFailure((...parameters: unknown[]) => {
        const callback = parameters.at(-1);
        if (typeof callback === "function") callback(failure);
      }));

    test("that throws is an error with its cause", () =>
      expectFailure(() => {
        throw failure;
      }));

    test("that rejects and calls nobody back is an error with its cause", () =>
      expectFailure(() => Promise.reject(failure)));
  });

  test.each([undefined, null, {}, { get: () => undefined, set: () => undefined }])("%j is refused", (store) => {
    // What JavaScript callers may give.
    const given: ExpressSessionStore = Object.assign(Object.create(null), { store }).store;
    expect(() => fromExpressSessionStore(given)).toThrow(SessionConfigError);
  });

  test.each([0, -1, Number.NaN])("a timeout of %d seconds is refused", (timeout) => {
    expect(() => fromExpressSessionStore(mapStore().store, { timeout })).toThrow(SessionConfigError);
  });
});

describe("two bridges to one store object", () => {
  test("lose nothing to each other", async () => {
    const inner = new expressSession.MemoryStore();
    const bridges = [fromExpressSessionStore(inner), fromExpressSessionStore(inner)];
    await bridges[0]?.set("count", "0", 60);
    async function increment(store: Store): Promise<void> {
      const read = await store.get("count");
      const condition = { when: "unchanged", token: read?.token ?? "" } as const;
      const written = await store.set("count", String(Number(read?.value) + 1), 60, condition);
      if (written === null) await increment(store);
    }
    await Promise.all(Array.from({ length: 10 }, () => bridges.map(increment)).flat());
    expect((await bridges[1]?.get("count"))?.value).toBe("20");
  });
});

describe("a store that does not call back", () => {
  afterEach(() => void vi.useRealTimers());

  /** Runs the seconds that tests wait for, with all that comes of them. */
  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
  const hang = () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    return () => undefined;
  };

  test.each(methods)("is an error after the timeout: `%s`", async (method) => {
    const { store } = mapStore({ [method]: hang() });
    for (const [options, seconds] of [[{}, 5] as const, [{ timeout: 2 }, 2] as const]) {
      let outcome: unknown = "waiting";
      const operation = async () => operations[method](withNamespace(fromExpressSessionStore(store, options), method));
      operation().catch((error: unknown) => (outcome = error));
      await pass(seconds - 1);
      expect(outcome).toBe("waiting");
      await pass(1);
      expect(outcome).toBeInstanceOf(SessionStoreError);
      expect(String(outcome)).toContain(`did not answer`);
      expect(String(outcome)).toContain(`within ${seconds} seconds`);
      await pass(60);
    }
  });

  test("and does write in the end can't undo what came after: the next one waits for it", async () => {
    const gate = closedGate();
    hang();
    const { sessions, store } = mapStore({
      set: async (sid, session, callback) => {
        await gate.passed;
        sessions.set(sid, session);
        callback();
      },
    });
    const bridge = fromExpressSessionStore(store);
    const slow = expect(bridge.set(key, "slow", 60)).rejects.toThrow("did not answer");
    await pass(5);
    await slow;
    const logout = bridge.delete(key);
    await settled();
    gate.open();
    expect(await logout).toBe(true);
    expect(sessions.size).toBe(0);
  });

  test("holds up those behind it no longer than their own timeout, and what they wanted is not done later", async () => {
    const gate = closedGate();
    hang();
    const written: object[] = [];
    const { store } = mapStore({
      set: async (_sid, session, callback) => {
        written.push(session);
        await gate.passed;
        callback();
      },
    });
    const bridge = fromExpressSessionStore(store);
    const first = expect(bridge.set(key, "first", 60)).rejects.toThrow("did not answer");
    const second = expect(bridge.set(key, "second", 60)).rejects.toThrow("did not answer");
    await pass(5);
    await Promise.all([first, second]);
    gate.open();
    await settled();
    expect(written).toHaveLength(1);
    expect(written).toMatchObject([{ typedSession: { value: "first" } }]);
  });

  test("and does not read in time writes nothing late", async () => {
    const gate = closedGate();
    hang();
    const { sessions, store } = mapStore({
      get: async (_sid, callback) => {
        await gate.passed;
        callback(null, null);
      },
    });
    const set = fromExpressSessionStore(store).set(key, "1", 60, { when: "absent" });
    const failed = expect(set).rejects.toThrow("did not answer");
    await pass(5);
    await failed;
    gate.open();
    await settled();
    expect(sessions.size).toBe(0);
  });

  test("when it is to read holds up a write no longer than the timeout", async () => {
    const lost = hang();
    const { store } = mapStore();
    const { get } = store;
    const bridge = fromExpressSessionStore(store);
    store.get = lost;
    const failed = expect(bridge.get(key)).rejects.toThrow("did not answer");
    await pass(4);
    store.get = get;
    const written = bridge.set(key, "1", 60);
    await pass(1);
    await failed;
    expect((await written)?.value).toBe("1");
  });

  test("holds a key for a minute and no longer, and other keys not at all", async () => {
    const lost = hang();
    const { sessions, store } = mapStore();
    const { set } = store;
    const bridge = fromExpressSessionStore(store);
    store.set = lost;
    const failed = expect(bridge.set(key, "lost", 60)).rejects.toThrow("did not answer");
    await pass(5);
    await failed;
    store.set = set;
    expect((await bridge.set("another key", "1", 60))?.value).toBe("1");
    const blocked = expect(bridge.set(key, "1", 60)).rejects.toThrow("did not answer");
    await pass(5);
    await blocked;
    await pass(50);
    expect((await bridge.set(key, "2", 60))?.value).toBe("2");
    expect(sessions.size).toBe(2);
  });
});

function promised(call: (done: (error?: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => void call((error) => (error ? reject(error) : resolve())));
}

async function connectRedis() {
  const client = createClient({
    url: process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379",
    socket: { reconnectStrategy: false, connectTimeout: 2000 },
  });
  // Or Node ends the process; `connect` rejects as well.
  client.on("error", () => undefined);
  try {
    return await client.connect();
  } catch (error) {
    console.warn("SKIPPED: connect-redis is not tested, no Redis answers.", error);
    return null;
  }
}

async function connectPostgres(): Promise<pg.Pool | null> {
  const connectionString = process.env["POSTGRES_URL"] ?? "postgres://root@127.0.0.1:5432/test";
  const candidate = new pg.Pool({ connectionString, connectionTimeoutMillis: 2000 });
  try {
    await candidate.query("SELECT 1");
    return candidate;
  } catch (error) {
    console.warn("SKIPPED: connect-pg-simple is not tested, no PostgreSQL answers.", error);
    await candidate.end();
    return null;
  }
}
