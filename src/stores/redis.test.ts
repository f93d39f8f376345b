import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Cluster, Redis } from "ioredis";
import { createClient, createClientPool, createCluster } from "redis";
import { afterAll, describe, expect, test } from "vitest";
import { SessionConfigError, SessionStoreError } from "../errors.js";
import { describeStore } from "./store-conformance.js";
import { withNamespace } from "./namespace.js";
import type { RedisClient } from "./redis-client.js";
import { findRedis, startRedis, testPrefix } from "./redis-server.fixture.js";
import { RedisStore } from "./redis.js";

const server = await findRedis();
const cluster = await startCluster();
const closing: (() => unknown)[] = [];

afterAll(async () => {
  for (const close of closing) await close();
  await server?.stop();
  await cluster?.stop();
});

const newPrefix = () => `${testPrefix}${randomUUID()}:`;

describe.skipIf(server === null)("with a Redis", async () => {
  const url = server?.url ?? "";
  const nodeRedis = createClient({ url });
  const pool = createClientPool({ url });
  const ioredis = new Redis(url, { lazyConnect: true });
  if (server !== null) await Promise.all([nodeRedis, pool, ioredis].map((client) => client.connect()));
  closing.push(
    () => nodeRedis.destroy(),
    () => pool.destroy(),
    () => ioredis.disconnect(),
  );
  const clients: [string, RedisClient][] = [
    ["node-redis", nodeRedis],
    ["a pool of node-redis", pool],
    ["ioredis", ioredis],
  ];

  for (const [name, client] of clients) {
    describeStore(`RedisStore on ${name}`, {
      create: (clock) => new RedisStore({ client, prefix: newPrefix(), clock }),
    });
  }

  /** A client that notes the names of the commands that it sends. */
  function counting(): { client: RedisClient; sent: string[] } {
    const sent: string[] = [];
    return {
      sent,
      client: {
        isCluster: ioredis.isCluster,
        call: (command, ...parameters) => {
          sent.push(command);
          return ioredis.call(command, ...parameters);
        },
      },
    };
  }

  test("a read is one command, a write one script, and a group costs one more", async () => {
    const { client, sent } = counting();
    const store = new RedisStore({ client, prefix: newPrefix() });
    await store.set("warm", "up", 60, { group: "group" });
    const commands = async (work: () => unknown) => {
      sent.length = 0;
      await work();
      return sent.slice();
    };
    expect(await commands(() => store.get("key"))).toEqual(["hmget"]);
    expect(await commands(() => store.set("key", "1", 60, { when: "absent" }))).toEqual(["evalsha"]);
    expect(await commands(() => store.set("key", "2", 60, { group: "g" }))).toEqual(["eval", "evalsha"]);
    await store.renew("key", 60);
    expect(await commands(() => store.renew("key", 60))).toEqual(["evalsha"]);
    expect(await commands(() => store.delete("key"))).toEqual(["del"]);
  });

  test("an error holds nothing of the session, whatever the client puts on its own", async () => {
    const prefix = newPrefix();
    await ioredis.set(`${prefix}key`, "text");
    const store = new RedisStore({ client: ioredis, prefix });
    const error: unknown = await store.set("key", "private text", 60).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SessionStoreError);
    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown).toContain("WRONGTYPE");
    expect(shown).not.toContain("private text");
  });

  test("scripts that Redis has forgotten are sent again", async () => {
    const { client, sent } = counting();
    const store = new RedisStore({ client, prefix: newPrefix() });
    await store.set("key", "1", 60);
    await ioredis.script("FLUSH");
    expect((await store.set("key", "2", 60))?.value).toBe("2");
    expect(sent.slice(-2)).toEqual(["evalsha", "eval"]);
    expect((await store.get("key"))?.value).toBe("2");
  });

  test("Redis removes what has ended, groups too", async () => {
    const prefix = newPrefix();
    const store = new RedisStore({ client: ioredis, prefix });
    await store.set("key", "1", 60, { group: "user" });
    await store.set("other", "1", 600, { group: "user" });
    const lives = async (name: string) => Math.ceil((await ioredis.pttl(prefix + name)) / 1000);
    expect([await lives("key"), await lives("group:user")]).toEqual([60, 600]);
    await store.renew("key", 900, "user");
    expect([await lives("key"), await lives("group:user")]).toEqual([900, 900]);
  });

  test("members of a group that have ended are forgotten", async () => {
    let now = Date.now();
    const prefix = newPrefix();
    const store = new RedisStore({ client: ioredis, prefix, clock: () => now });
    await store.set("short", "1", 1, { group: "user" });
    now += 5_000;
    await store.set("long", "1", 60, { group: "user" });
    expect(await ioredis.zrange(`${prefix}group:user`, 0, -1)).toEqual(["long"]);
  });

  test.each([
    ["a text", async (name: string) => ioredis.set(name, "text")],
    ["a list", async (name: string) => ioredis.lpush(name, "item")],
    ["half an entry", async (name: string) => ioredis.hset(name, "v", "1")],
  ])(
    "%s under its key, of another program, is an error that names the key, never an empty session",
    async (_what, put) => {
      const prefix = newPrefix();
      await put(`${prefix}key`);
      const store = new RedisStore({ client: ioredis, prefix });
      await expect(store.get("key")).rejects.toThrow(SessionStoreError);
      await expect(store.get("key")).rejects.toThrow(`${prefix}key that typed-session did not write`);
    },
  );

  test("a write over a text, of another program, is an error that names the key, and leaves it", async () => {
    const prefix = newPrefix();
    await ioredis.set(`${prefix}key`, "text");
    const store = new RedisStore({ client: ioredis, prefix });
    await expect(store.set("key", "1", 60)).rejects.toThrow(`${prefix}key that typed-session did not write`);
    await expect(store.renew("key", 60)).rejects.toThrow(`${prefix}key that typed-session did not write`);
    expect(await ioredis.get(`${prefix}key`)).toBe("text");
  });
});

describe("a reply", () => {
  /** A store whose client gives this reply to every command. */
  const replied = (reply: unknown) => new RedisStore({ client: { call: () => Promise.resolve(reply) } });

  test.each([
    ["a number", 1, 0],
    ["a text, as with ioredis's stringNumbers", "1", "0"],
    ["bytes, as with node-redis's typeMapping", Buffer.from("1"), Buffer.from("0")],
  ])("of a script that is %s says whether it wrote", async (_kind, yes, no) => {
    expect((await replied(yes).set("key", "1", 60))?.value).toBe("1");
    expect(await replied(yes).renew("key", 60)).toBe(true);
    expect(await replied(no).set("key", "1", 60)).toBeNull();
    expect(await replied(no).renew("key", 60)).toBe(false);
  });

  test("of bytes is read as text", async () => {
    const end = String(Date.now() + 60_000);
    const entry = await replied([Buffer.from("token"), Buffer.from("ä"), Buffer.from(end)]).get("key");
    expect(entry).toEqual({ token: "token", value: "ä", expiresAt: Number(end) });
    expect(await replied([Buffer.from("ä")]).keysOf("group")).toEqual(["ä"]);
  });

  test.each([
    ["a word", "QUEUED"],
    ["nothing", null],
    ["a list of something else", [["token"], {}, 1]],
    ["an end that is no time", ["token", "value", "tomorrow"]],
  ])("that is %s is an error that names the key, and no answer", async (_kind, reply) => {
    const store = replied(reply);
    const condition = { when: "unchanged", token: "" } as const;
    for (const work of [
      () => store.get("key"),
      () => store.set("key", "1", 60),
      () => store.renew("key", 60),
      () => store.delete("key", condition),
    ]) {
      await expect(work()).rejects.toThrow(SessionStoreError);
      await expect(work()).rejects.toThrow("session:key");
    }
  });

  test("that does not come, of a client in legacy mode, is an error that says so", async () => {
    const store = replied(undefined);
    await expect(store.get("key")).rejects.toThrow("legacy mode");
    await expect(store.set("key", "1", 60)).rejects.toThrow("legacy mode");
  });
});

describe("a group", () => {
  /** A client whose replies come when the test gives them. */
  function waiting(isCluster: boolean) {
    const sent: { command: string; reply: (isGood: boolean) => void }[] = [];
    const client: RedisClient = {
      isCluster,
      call: (command) =>
        new Promise((resolve, reject) => {
          sent.push({ command, reply: (isGood) => (isGood ? resolve(1) : reject(new Error("NOSCRIPT"))) });
        }),
    };
    return { client, sent, commands: () => sent.map(({ command }) => command) };
  }

  const works: [string, (store: RedisStore) => Promise<unknown>][] = [
    ["set", (store) => store.set("key", "1", 60, { group: "user" })],
    ["renew", (store) => store.renew("key", 60, "user")],
  ];

  test.each(works)("is sent before its entry by `%s`, and both are waited for", async (_name, work) => {
    const { client, sent, commands } = waiting(false);
    let isDone = false;
    const done = work(new RedisStore({ client })).then(() => (isDone = true));
    await nextTurn();
    expect(commands()).toEqual(["eval", "evalsha"]);
    sent[1]?.reply(true);
    await nextTurn();
    expect(isDone).toBe(false);
    sent[0]?.reply(true);
    await done;
  });

  test.each(works)(
    "is written before its entry is sent by `%s` where there are several connections",
    async (_name, work) => {
      const { client, sent, commands } = waiting(true);
      const done = work(new RedisStore({ client }));
      await nextTurn();
      expect(commands()).toEqual(["eval"]);
      sent[0]?.reply(true);
      await nextTurn();
      expect(commands()).toEqual(["eval", "evalsha"]);
      sent[1]?.reply(true);
      await done;
    },
  );

  test.each(works)(
    "that fails leaves its entry as it was where there are several connections: `%s`",
    async (_name, work) => {
      const { client, sent, commands } = waiting(true);
      const done = expect(work(new RedisStore({ client }))).rejects.toThrow("session:group:user");
      await nextTurn();
      sent[0]?.reply(false);
      await done;
      expect(commands()).toEqual(["eval"]);
    },
  );
});

describe("a Redis that does not answer", () => {
  test("is an error in time, by either client, and goes on when it is back", async (context) => {
    const frozen = await startRedis();
    if (frozen === null) return context.skip("There is no redis-server to start");
    const nodeRedis = await createClient({ url: frozen.url }).connect();
    const ioredis = new Redis(frozen.url);
    const stores = [nodeRedis, ioredis].map((client) => new RedisStore({ client, timeout: 0.2 }));
    for (const store of stores) await store.set("key", "1", 60);
    frozen.signal("SIGSTOP");
    for (const store of stores) {
      await expect(store.get("key")).rejects.toThrow(SessionStoreError);
      await expect(store.set("key", "2", 60)).rejects.toThrow("did not answer for session:key within 0.2 seconds");
    }
    frozen.signal("SIGCONT");
    const patient = [nodeRedis, ioredis].map((client) => new RedisStore({ client }));
    for (const store of patient) expect((await store.get("key"))?.value).toMatch(/^[12]$/);
    nodeRedis.destroy();
    ioredis.disconnect();
    await frozen.stop();
  });

  test("is an error that says what to do, whatever the client waits for", async () => {
    const silent = { call: () => new Promise<never>(() => {}) };
    const store = new RedisStore({ client: silent, timeout: 0.05 });
    for (const work of [
      () => store.get("key"),
      () => store.set("key", "1", 60, { group: "user" }),
      () => store.renew("key", 60),
      () => store.delete("key"),
      () => store.keysOf("user"),
    ]) {
      await expect(work()).rejects.toThrow(SessionStoreError);
      await expect(work()).rejects.toThrow(/did not answer .* within 0.05 seconds\. See whether it runs/);
    }
  });

  test("because the connection is closed is an error", async () => {
    const store = new RedisStore({ client: createClient() });
    await expect(store.get("key")).rejects.toThrow("Redis failed to answer for session:key");
    await expect(store.get("key")).rejects.toHaveProperty("cause.message", "The client is closed");
  });
});

describe.skipIf(cluster === null)("in a cluster", async () => {
  const port = cluster?.port ?? 0;
  const nodeRedis = createCluster({ rootNodes: [{ url: cluster?.url ?? "" }] });
  const ioredis = new Cluster([{ host: "127.0.0.1", port }], { lazyConnect: true });
  if (cluster !== null) await Promise.all([nodeRedis.connect(), ioredis.connect()]);
  closing.push(
    () => nodeRedis.destroy(),
    () => ioredis.disconnect(),
  );
  const clients: [string, RedisClient][] = [
    ["node-redis", nodeRedis],
    ["ioredis", ioredis],
  ];
  for (const [name, client] of clients) {
    describeStore(`RedisStore on a cluster of ${name}`, {
      create: (clock) => withNamespace(new RedisStore({ client, clock }), `${randomUUID()}:`),
    });
  }
});

/** A cluster of one server that has all slots: it refuses what touches several of them at once. */
async function startCluster() {
  const started = await startRedis(["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"]);
  if (started === null) return null;
  const client = new Redis(started.url);
  await client.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
  for (let look = 0; look < 500; look += 1) {
    if (String(await client.call("CLUSTER", "INFO")).includes("cluster_state:ok")) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  client.disconnect();
  return started;
}

test.each([
  ["client", "is undefined", {}],
  ["client", "is an object, no client of Redis", { client: {} }],
  ["client", "is a string", { client: "redis://localhost" }],
  ["client", "is null", { client: null }],
  ["timeout", "is 0", { client: { call: () => Promise.resolve() }, timeout: 0 }],
  ["timeout", "is a string", { client: { call: () => Promise.resolve() }, timeout: "5" }],
])("the option %s %s: refused", (option, problem, options) => {
  const create: (options: never) => unknown = (given) => new RedisStore(given);
  expect(() => create(options as never)).toThrow(SessionConfigError);
  expect(() => create(options as never)).toThrow(`\`${option}\` ${problem}`);
});
