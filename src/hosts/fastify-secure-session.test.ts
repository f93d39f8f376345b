import cookie from "@fastify/cookie";
import secureSession, { type SecureSessionPluginOptions } from "@fastify/secure-session";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { openClient } from "../http-client.fixture.js";
import type { SessionDict } from "../types.js";
import { requireSession, typed } from "./fastify-secure-session.js";
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

declare module "@fastify/secure-session" {
  interface SessionData extends ShopSession {
    visits: number;
  }
}

const options: SecureSessionPluginOptions = { key: Buffer.alloc(32, 1), cookie: { path: "/" } };

type Overlay = Parameters<Host["serve"]>[1];

async function createApp(overlay: Overlay): Promise<{ app: FastifyInstance; errors: unknown[] }> {
  const app = fastify();
  const errors: unknown[] = [];
  app.setErrorHandler<Error & { status?: number }>((error, _request, reply) => {
    errors.push(error);
    return reply.code(error.status ?? 500).send(JSON.stringify(error.name));
  });
  await app.register(secureSession, options);
  if (overlay !== undefined) await app.register(typed(overlay));
  return { app, errors };
}

async function listen(app: FastifyInstance): Promise<string> {
  onTestFinished(() => app.close());
  return app.listen({ port: 0, host: "127.0.0.1" });
}

function addRoutes(app: FastifyInstance, routes: readonly HostRoute[], isOverlaid: boolean): void {
  for (const { path, serve } of routes) {
    app.get(path, async (request) => {
      const answer = serve(request);
      // The host alone misses what changes inside of a value.
      if (!isOverlaid && path === "/add") request.session.touch();
      return JSON.stringify(answer);
    });
  }
  app.get<{ Params: { tab: string } }>(
    guardedRoute.path,
    requireSession(SignedIn, async (request) => guardedRoute.serve(request.session, request.params.tab)),
  );
}

/** Opens and makes cookies as the host does. */
async function createCodec() {
  const { app } = await createApp(undefined);
  await app.ready();
  onTestFinished(() => app.close());
  return {
    decode: (text: string) => app.decodeSecureSession(decodeURIComponent(text))?.data(),
    encode: (data: SessionDict) => encodeURIComponent(app.encodeSecureSession(app.createSecureSession({ ...data }))),
  };
}

const host: Host = {
  serve: async (routes, overlay) => {
    const { app, errors } = await createApp(overlay);
    addRoutes(app, routes, overlay !== undefined);
    return { origin: await listen(app), errors };
  },
  stored: async (cookies) => {
    const text = cookies.get("session");
    return text === undefined ? undefined : (await createCodec()).decode(text);
  },
  rewrite: async (cookies, data) => void cookies.set("session", (await createCodec()).encode(data)),
};

describeHost("@fastify/secure-session", () => host);
describeRefusals(typed);

async function serveOne(handle: (request: FastifyRequest) => unknown) {
  const { app, errors } = await createApp(define());
  app.get("/*", async (request) => JSON.stringify((await handle(request)) ?? null));
  return { client: openClient(await listen(app)), errors };
}

test("get, set, data, properties and keys see the same typed data; deleting a key is saved", async () => {
  const { client } = await serveOne(({ url, session }) => {
    if (url === "/set") {
      session.set("since", new Date(0));
      session.userId = "ada";
    }
    if (url === "/delete") delete session.userId;
    const since = [session.since, session.get("since"), session.data()?.since];
    return [...since.map((each) => each?.getUTCFullYear()), Object.keys(session).sort(), "userId" in session];
  });
  const keys = ["cart", "since", "userId"];
  expect(await (await client.get("/set")).json()).toEqual([1970, 1970, 1970, keys, true]);
  expect(await (await client.get("/")).json()).toEqual([1970, 1970, 1970, keys, true]);
  await client.get("/delete");
  expect(await (await client.get("/")).json()).toEqual([1970, 1970, 1970, ["cart", "since"], false]);
});

test("regenerate, touch, options, changed and delete are the host's", async () => {
  const { client } = await serveOne(({ url, session }) => {
    if (url === "/login") Object.assign(session, { userId: "ada", since: new Date(0) });
    if (url === "/regenerate") session.regenerate(["since"]);
    if (url === "/touch") session.touch();
    if (url === "/options") {
      session.options({ maxAge: 60 });
      session.touch();
    }
    if (url === "/logout") session.delete();
    return [session.userId, session.since?.getUTCFullYear(), session.changed, session.deleted];
  });
  expect((await client.get("/regenerate")).headers.getSetCookie()).toHaveLength(1);
  expect(await (await client.get("/login")).json()).toEqual(["ada", 1970, true, false]);
  expect(await (await client.get("/")).json()).toEqual(["ada", 1970, false, false]);
  expect(await (await client.get("/regenerate")).json()).toEqual([null, 1970, true, false]);
  expect(await (await client.get("/")).json()).toEqual([null, 1970, false, false]);
  expect((await client.get("/touch")).headers.getSetCookie()).toHaveLength(1);
  expect((await client.get("/options")).headers.getSetCookie()[0]).toContain("Max-Age=60");
  expect(await (await client.get("/logout")).json()).toEqual([null, 1970, true, true]);
  expect(client.cookies.size).toBe(0);
});

test("nothing is saved of a session that became invalid, though the host was asked in between", async () => {
  const { client, errors } = await serveOne(({ session }) => {
    session.userId = "ada";
    const { changed } = session;
    Object.assign(session, { cart: "no cart" });
    return changed;
  });
  const response = await client.get("/");
  expect([response.status, response.headers.getSetCookie(), errors.length]).toEqual([500, [], 1]);
});

test("one of several sessions can be typed", async () => {
  const app = fastify();
  await app.register(secureSession, [
    { ...options, sessionName: "session" },
    { ...options, sessionName: "admin" },
  ]);
  await app.register(typed(define(), { sessionName: "admin" }));
  app.get(
    "/guarded",
    requireSession(SignedIn, async () => "never"),
  );
  app.get("/", async (request) => {
    const admin: SessionDict = Reflect.get(request, "admin");
    const plain = request.session.since;
    const typedSince = admin["since"];
    request.session.since = new Date(0);
    admin["since"] = new Date(0);
    return JSON.stringify([typeof plain, typedSince instanceof Date]);
  });
  const client = openClient(await listen(app));
  await client.get("/");
  expect(await (await client.get("/")).json()).toEqual(["string", true]);
  // The guard asks the session called `session`, which is not typed here.
  const guarded = await client.get("/guarded");
  expect([guarded.status, await guarded.text()]).toEqual([500, expect.stringContaining("found no session")]);
});

test("without the host, before it, or with a name that it does not have, it fails at start-up and says what to do", async () => {
  const without = fastify();
  void without.register(cookie).register(typed(define()));
  await expect(without.ready()).rejects.toThrow(
    "found no @fastify/secure-session. Register @fastify/secure-session and this plugin, in that order.",
  );
  const misnamed = fastify();
  void misnamed.register(secureSession, options).register(typed(define(), { sessionName: "admin" }));
  await expect(misnamed.ready()).rejects.toThrow('is "admin", and @fastify/secure-session has no session of that name');
});
