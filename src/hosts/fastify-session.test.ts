import cookie from "@fastify/cookie";
import session, { type FastifySessionOptions, type SessionStore } from "@fastify/session";
import fastify, { type FastifyInstance, type FastifyRequest, type Session } from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { openClient } from "../http-client.fixture.js";
import type { SessionDict } from "../types.js";
import { requireSession, typed } from "./fastify-session.js";
import {
  define,
  describeHost,
  describeRefusals,
  guardedRoute,
  SignedIn,
  type Host,
  type HostRoute,
  type ShopSession,
} from "./host-conformance.fixture.js";

declare module "fastify" {
  interface Session extends Partial<ShopSession> {
    visits?: number;
  }
}

const secret = "a secret of more than 32 characters";

type Overlay = Parameters<Host["serve"]>[1];

async function createApp(store: SessionStore, overlay: Overlay): Promise<{ app: FastifyInstance; errors: unknown[] }> {
  const app = fastify();
  const errors: unknown[] = [];
  app.setErrorHandler<Error & { status?: number }>((error, _request, reply) => {
    errors.push(error);
    return reply.code(error.status ?? 500).send(JSON.stringify(error.name));
  });
  const options: FastifySessionOptions = {
    secret,
    store,
    saveUninitialized: false,
    rolling: false,
    cookie: { secure: false },
  };
  await app.register(cookie);
  await app.register(session, options);
  if (overlay !== undefined) await app.register(typed(overlay));
  return { app, errors };
}

async function listen(app: FastifyInstance): Promise<string> {
  onTestFinished(() => app.close());
  return app.listen({ port: 0, host: "127.0.0.1" });
}

function addRoutes(app: FastifyInstance, routes: readonly HostRoute[]): void {
  for (const { path, serve } of routes) {
    app.get(path, async (request) => JSON.stringify(serve(request)));
  }
  app.get<{ Params: { tab: string } }>(
    guardedRoute.path,
    requireSession(SignedIn, async (request) => guardedRoute.serve(request.session, request.params.tab)),
  );
}

/** The record of a cookie: its id, without the signature. */
function idOf(cookies: ReadonlyMap<string, string>): string {
  return decodeURIComponent(cookies.get("sessionId") ?? "").split(".")[0] ?? "";
}

/** Records as they would be on a disk. */
class TextStore implements SessionStore {
  readonly records = new Map<string, string>();
  get(id: string, callback: (error: unknown, session?: never) => void): void {
    setImmediate(() => callback(null, JSON.parse(this.records.get(id) ?? "null") as never));
  }
  set(id: string, record: object, callback: (error?: unknown) => void): void {
    this.records.set(id, JSON.stringify(record));
    setImmediate(callback);
  }
  destroy(id: string, callback: (error?: unknown) => void): void {
    this.records.delete(id);
    setImmediate(callback);
  }
}

/** The host's own store: it keeps the very objects that it gets. */
class ObjectStore extends session.MemoryStore implements SessionStore {}

function createHost(store: SessionStore): Host {
  const read = (id: string) =>
    new Promise<SessionDict | null | undefined>((resolve, reject) =>
      store.get(id, (error, found) => (error ? reject(error) : resolve(found))),
    );
  return {
    serve: async (routes, overlay) => {
      const { app, errors } = await createApp(store, overlay);
      addRoutes(app, routes);
      return { origin: await listen(app), errors };
    },
    stored: async (cookies) => {
      const record = await read(idOf(cookies));
      if (record === null || record === undefined) return undefined;
      const { cookie: _cookie, ...data } = record;
      return data;
    },
    rewrite: async (cookies, data) => {
      const record = await read(idOf(cookies));
      const next = Object.assign({}, data, { cookie: record?.["cookie"] });
      await new Promise((resolve) => store.set(idOf(cookies), next, resolve));
    },
  };
}

describeHost("@fastify/session", () => createHost(new TextStore()));
describeHost("@fastify/session with its own store", () => createHost(new ObjectStore(new Map())));
describeRefusals(typed);

describe.each([
  ["records", () => new TextStore()],
  ["objects", () => new ObjectStore(new Map())],
])("the host's own members, on a store of %s", (_name, createStore) => {
  async function serveOne(handle: (request: FastifyRequest) => unknown) {
    const { app, errors } = await createApp(createStore(), define());
    app.get("/*", async (request) => JSON.stringify((await handle(request)) ?? null));
    return { client: openClient(await listen(app)), errors };
  }

  test("regenerate gives a new id, keeps the keys it is told to, and they keep their type", async () => {
    const { client } = await serveOne(async (request) => {
      if (request.url === "/login") Object.assign(request.session, { userId: "ada", since: new Date(0) });
      if (request.url === "/regenerate") await request.session.regenerate(["since"]);
      if (request.url === "/callback") {
        await new Promise((resolve) => request.session.regenerate(["since"], resolve));
      }
      return [request.session.userId, request.session.since?.getUTCFullYear()];
    });
    await client.get("/login");
    for (const path of ["/regenerate", "/callback"]) {
      const before = idOf(client.cookies);
      expect(await (await client.get(path)).json()).toEqual([null, 1970]);
      expect(idOf(client.cookies)).not.toBe(before);
      expect(await (await client.get("/")).json()).toEqual([null, 1970]);
    }
  });

  test("save, reload, touch, isModified and isSaved", async () => {
    const { client } = await serveOne(async ({ url, session }) => {
      if (url !== "/") return [session.isModified(), session.isSaved(), session.since?.getUTCFullYear()];
      session.since = new Date(0);
      session.touch();
      const before = [session.isModified(), session.isSaved()];
      await session.save();
      return [...before, session.isModified(), session.isSaved()];
    });
    expect(await (await client.get("/")).json()).toEqual([true, false, false, true]);
    expect(await (await client.get("/later")).json()).toEqual([false, false, 1970]);
  });

  test("reload forgets what was changed, destroy ends the session", async () => {
    const { client } = await serveOne(async (request) => {
      if (request.url === "/login") request.session.since = new Date(0);
      if (request.url === "/reload") {
        request.session.since = new Date();
        await request.session.reload();
      }
      if (request.url === "/destroy") await request.session.destroy();
      return request.session?.since?.getUTCFullYear();
    });
    await client.get("/login");
    expect(await (await client.get("/reload")).json()).toBe(1970);
    expect(await (await client.get("/destroy")).json()).toBe(null);
    expect(await (await client.get("/")).json()).toBe(null);
  });
});

test("what is stored has the members that the host alone stores, its cookie among them", async () => {
  const recordsOf = async (overlay: Overlay) => {
    const store = new TextStore();
    const { app } = await createApp(store, overlay);
    app.get("/", async ({ session }) => {
      session.userId = "ada";
      await session.save();
      return "saved";
    });
    await openClient(await listen(app)).get("/");
    return [...store.records.values()].map((record): unknown => JSON.parse(record));
  };
  const alone = await recordsOf(undefined);
  expect(alone).toEqual([{ userId: "ada", cookie: expect.objectContaining({ path: "/" }) }]);
  expect(await recordsOf(define())).toEqual(alone);
});

test("what the host gave to its store itself stays in the host's form", async () => {
  const records = new Map<string, Session>();
  const { app } = await createApp(new ObjectStore(records), define());
  app.get("/", async (request) => {
    await request.session.regenerate();
    return JSON.stringify(request.session.cart);
  });
  expect(await (await openClient(await listen(app)).get("/")).json()).toEqual([]);
  expect([...records.values()].map((record) => Object.keys(record))).toEqual([["cookie"]]);
});

test.each([
  ["without @fastify/session", []],
  ["before it", [session]],
])("%s, it fails at start-up and says what to register", async (_name, later) => {
  const app = fastify();
  void app.register(cookie).register(typed(define()));
  for (const plugin of later) void app.register(plugin, { secret });
  await expect(app.ready()).rejects.toThrow(
    "found no @fastify/session. Register @fastify/cookie, @fastify/session and this plugin, in that order.",
  );
});

test("without @fastify/cookie, the host says so at start-up", async () => {
  const app = fastify();
  void app.register(session, { secret });
  void app.register(typed(define()));
  await expect(app.ready()).rejects.toThrow(/@fastify\/cookie/);
});
