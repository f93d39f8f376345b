import Router from "@koa/router";
import Koa, { type DefaultContext, type DefaultState, type ParameterizedContext } from "koa";
import session, { type CreateSessionOptions } from "koa-session";
import { expect, test } from "vitest";
import { openClient, serve } from "../http-client.fixture.js";
import type { SessionDict } from "../types.js";
import {
  define,
  describeHost,
  describeRefusals,
  guardedRoute,
  SignedIn,
  type Host,
  type HostRoute,
} from "./host-conformance.fixture.js";
import { requireSession, typed } from "./koa-session.js";

/** An application that keeps its errors instead of writing them to the console. */
function createApp(options: CreateSessionOptions): { app: Koa; errors: unknown[] } {
  const errors: unknown[] = [];
  const app = new Koa();
  app.keys = ["a key"];
  app.on("error", (error) => errors.push(error));
  app.use(session(options, app));
  return { app, errors };
}

function createHost(options: CreateSessionOptions, storage: Pick<Host, "stored" | "rewrite">): Host {
  return {
    ...storage,
    serve: async (routes, overlay) => {
      const { app, errors } = createApp(options);
      if (overlay !== undefined) app.use(typed(overlay));
      app.use(routerOf(routes).routes());
      return { origin: await serve(app.callback()), errors };
    },
  };
}

type ContextWithSession = DefaultContext & { session: SessionDict };

function routerOf(routes: readonly HostRoute[]): Router<DefaultState, ContextWithSession> {
  const router = new Router<DefaultState, ContextWithSession>();
  for (const { path, serve: answer } of routes) {
    router.get(path, (context) => {
      context.body = JSON.stringify(answer(context));
    });
  }
  router.get(
    guardedRoute.path,
    requireSession(SignedIn, (context) => {
      context.body = guardedRoute.serve(context.session, context.params["tab"] ?? "");
    }),
  );
  return router;
}

const cookieName = "koa.sess";

function decodeCookie(cookies: ReadonlyMap<string, string>): SessionDict | undefined {
  const cookie = cookies.get(cookieName);
  if (cookie === undefined) return undefined;
  const { _expire, _maxAge, ...data }: SessionDict = JSON.parse(Buffer.from(cookie, "base64").toString());
  return data;
}

describeHost("koa-session, in cookies", () =>
  createHost(
    { signed: false },
    {
      stored: decodeCookie,
      rewrite: (cookies, data) => {
        cookies.set(cookieName, Buffer.from(JSON.stringify(data)).toString("base64"));
      },
    },
  ),
);

/** An external store, with records as they would be on a disk. */
function createStore() {
  const records = new Map<string, string>();
  const store: CreateSessionOptions["store"] = {
    get: async (key: string) => JSON.parse(records.get(key) ?? "null"),
    set: async (key: string, data: unknown) => void records.set(key, JSON.stringify(data)),
    destroy: async (key: string) => void records.delete(key),
  };
  return { records, store };
}

describeHost("koa-session, in a store", () => {
  const { records, store } = createStore();
  return createHost(
    { store, signed: false },
    {
      stored: (cookies) => {
        const { _expire, _maxAge, ...data } = JSON.parse(records.get(cookies.get(cookieName) ?? "") ?? "{}");
        return records.size === 0 ? undefined : data;
      },
      rewrite: (cookies, data) => void records.set(cookies.get(cookieName) ?? "", JSON.stringify(data)),
    },
  );
});

describeRefusals(typed);

async function serveOne(handle: (context: ParameterizedContext) => unknown, options: CreateSessionOptions = {}) {
  const { app, errors } = createApp({ signed: false, ...options });
  app.use(typed(define())).use(async (context) => {
    context.body = JSON.stringify((await handle(context)) ?? null);
  });
  return { client: openClient(await serve(app.callback())), errors };
}

test("an untouched session is not asked for", async () => {
  let decoded = 0;
  const decode = (text: string) => {
    decoded += 1;
    return JSON.parse(Buffer.from(text, "base64").toString());
  };
  const { client } = await serveOne((context) => (context.path === "/touch" ? context["session"] : null), { decode });
  client.cookies.set(cookieName, Buffer.from("{}").toString("base64"));
  await client.get("/untouched");
  expect(decoded).toBe(0);
  await client.get("/touch");
  expect(decoded).toBe(1);
});

test("`ctx.session` can be replaced by another in the application's form, and by null", async () => {
  const { client } = await serveOne((context) => {
    if (context.path === "/replace") context["session"] = { userId: "grace", since: new Date(0) };
    if (context.path === "/null") context["session"] = null;
    return context["session"] && [context["session"].userId, context["session"].since instanceof Date];
  });
  expect(await (await client.get("/replace")).json()).toEqual(["grace", true]);
  expect(decodeCookie(client.cookies)).toEqual({ userId: "grace", since: "1970-01-01T00:00:00.000Z" });
  expect(await (await client.get("/")).json()).toEqual(["grace", true]);
  expect(await (await client.get("/null")).json()).toBe(null);
  expect(client.cookies.has(cookieName)).toBe(false);
});

test("the host's own members work: regenerate, save, maxAge, populated, length", async () => {
  const { records, store } = createStore();
  const { client } = await serveOne(
    async (context) => {
      const session = context["session"];
      if (context.path === "/login") session.since = new Date(0);
      if (context.path === "/regenerate") await session.regenerate();
      if (context.path === "/save") await session.save();
      if (context.path === "/later") session.maxAge = 5_000;
      return [session.populated, session.length, session.since?.getUTCFullYear()];
    },
    { store },
  );
  expect(await (await client.get("/")).json()).toEqual([false, 0, null]);
  await client.get("/login");
  const before = client.cookies.get(cookieName);
  expect(await (await client.get("/regenerate")).json()).toEqual([true, 1, 1970]);
  expect(client.cookies.get(cookieName)).not.toBe(before);
  expect([...records.keys()]).toEqual([client.cookies.get(cookieName)]);
  expect((await client.get("/save")).headers.getSetCookie()).toHaveLength(1);
  await client.get("/later");
  const [record = ""] = records.values();
  expect(JSON.parse(record)).toMatchObject({ since: "1970-01-01T00:00:00.000Z", _maxAge: 5_000 });
});

test("without autoCommit, a session is saved when the application says so", async () => {
  const { client } = await serveOne(
    async (context) => {
      context["session"].since = new Date(0);
      if (context.path === "/commit") await context["session"].manuallyCommit();
    },
    { autoCommit: false },
  );
  await client.get("/");
  expect(client.cookies.size).toBe(0);
  await client.get("/commit");
  expect(decodeCookie(client.cookies)).toEqual({ since: "1970-01-01T00:00:00.000Z" });
});

test("mounted before the host, it works all the same; mounted twice, it checks once", async () => {
  const app = new Koa();
  app
    .use(typed(define()))
    .use(typed(define()))
    .use(session({ signed: false }, app));
  app.use((context) => {
    context["session"].since = new Date(0);
    context.body = "ok";
  });
  const client = openClient(await serve(app.callback()));
  await client.get("/");
  expect(decodeCookie(client.cookies)).toEqual({ since: "1970-01-01T00:00:00.000Z" });
});

test("without koa-session it says what to do", async () => {
  const errors: unknown[] = [];
  const app = new Koa().on("error", (error) => errors.push(error)).use(typed(define()));
  expect((await openClient(await serve(app.callback())).get("/")).status).toBe(500);
  expect(String(errors[0])).toContain("found no koa-session. Mount it behind app.use(session(app)).");
});
