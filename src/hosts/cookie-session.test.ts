import cookieSession from "cookie-session";
import express from "express";
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
import { requireSession, typed } from "./cookie-session.js";

const cookieName = "session";

function createApp(handlers: readonly express.RequestHandler[]): { app: express.Express; errors: unknown[] } {
  const app = express();
  app.use(...handlers);
  return { app, errors: [] };
}

function keepErrors(app: express.Express, errors: unknown[]): void {
  app.use(((error, _req, res, _next) => {
    errors.push(error);
    res.status(error.status ?? 500).json(error.name);
  }) satisfies express.ErrorRequestHandler);
}

function addRoutes(app: express.Express, routes: readonly HostRoute[]): void {
  for (const { path, serve: answer } of routes) {
    app.get(path, (req, res) => {
      // The host's types say that there may be none.
      res.json(answer(req as { session: SessionDict }));
    });
  }
  app.get(
    guardedRoute.path,
    requireSession<typeof SignedIn, { tab: string }>(SignedIn, (req, res) =>
      res.json(guardedRoute.serve(req.session, req.params.tab)),
    ),
  );
}

function decodeCookie(cookies: ReadonlyMap<string, string>): SessionDict | undefined {
  const cookie = cookies.get(cookieName);
  return cookie === undefined ? undefined : JSON.parse(Buffer.from(cookie, "base64").toString());
}

const host: Host = {
  serve: async (routes, overlay) => {
    const { app, errors } = createApp([cookieSession({ signed: false })]);
    if (overlay !== undefined) app.use(typed(overlay));
    addRoutes(app, routes);
    keepErrors(app, errors);
    return { origin: await serve(app), errors };
  },
  stored: decodeCookie,
  rewrite: (cookies, data) => void cookies.set(cookieName, Buffer.from(JSON.stringify(data)).toString("base64")),
};

describeHost("cookie-session", () => host);
describeRefusals(typed);

async function serveOne(answer: (req: express.Request) => unknown) {
  const { app, errors } = createApp([cookieSession({ keys: ["a key"] }), typed(define())]);
  app.get("/{*path}", (req, res) => {
    res.json(answer(req) ?? null);
  });
  keepErrors(app, errors);
  return { client: openClient(await serve(app)), errors };
}

test("the signed cookie is the one that the host alone would send", async () => {
  const { client } = await serveOne((req) => {
    Object.assign(req.session ?? {}, { userId: "ada", since: new Date(0) });
  });
  const alone = express();
  alone.use(cookieSession({ keys: ["a key"] }));
  alone.get("/", (req, res) => {
    Object.assign(req.session ?? {}, { userId: "ada", since: "1970-01-01T00:00:00.000Z" });
    res.end();
  });
  const expected = (await openClient(await serve(alone)).get("/")).headers.getSetCookie();
  expect((await client.get("/")).headers.getSetCookie()).toEqual(expected);
  expect(expected).toHaveLength(2);
});

test("`req.session` can be replaced by another in the application's form, and by null", async () => {
  const { client } = await serveOne((req) => {
    if (req.path === "/replace") req.session = { userId: "grace", since: new Date(0) };
    if (req.path === "/null") req.session = null;
    return req.session && [req.session["userId"], req.session["since"] instanceof Date];
  });
  expect(await (await client.get("/replace")).json()).toEqual(["grace", true]);
  expect(decodeCookie(client.cookies)).toEqual({ userId: "grace", since: "1970-01-01T00:00:00.000Z" });
  expect(await (await client.get("/")).json()).toEqual(["grace", true]);
  expect(await (await client.get("/null")).json()).toBe(null);
  expect(client.cookies.get(cookieName) ?? "").toBe("");
});

test("isNew, isPopulated and isChanged keep their meaning", async () => {
  const { client } = await serveOne((req) => {
    const { session } = req;
    if (session && req.path === "/change") session["since"] = new Date(0);
    return [session?.isNew, session?.isPopulated, session?.isChanged];
  });
  expect(await (await client.get("/")).json()).toEqual([true, false, true]);
  expect(await (await client.get("/change")).json()).toEqual([true, true, true]);
  expect(await (await client.get("/")).json()).toEqual([false, true, false]);
});

test("an untouched session is not read", async () => {
  const app = express();
  let seen: PropertyDescriptor | undefined;
  app.use(cookieSession({ signed: false }), (req, _res, next) => {
    seen = Object.getOwnPropertyDescriptor(req, "session");
    Object.defineProperty(req, "session", {
      configurable: true,
      get: () => {
        throw new Error("the session was asked for");
      },
    });
    next();
  });
  app.use(typed(define()));
  app.get("/", (_req, res) => res.json("untouched"));
  expect((await openClient(await serve(app)).get("/")).status).toBe(200);
  expect(seen?.get).toBeTypeOf("function");
});

test("a session that can't be saved, in a response whose head is written by hand", async () => {
  const app = express();
  const errors: unknown[] = [];
  app.use(cookieSession({ signed: false }), typed(define()));
  app.get("/", (req, res) => {
    Object.assign(req.session ?? {}, { cart: "no cart" });
    res.writeHead(200, { "x-sent": "never" }).end("never sent");
  });
  keepErrors(app, errors);
  const response = await openClient(await serve(app)).get("/");
  expect([response.status, await response.json(), response.headers.get("x-sent")]).toEqual([
    500,
    "SessionInvalidError",
    null,
  ]);
});

test("mounted before the host, or without it, it says what to do", async () => {
  const app = express();
  const errors: unknown[] = [];
  app.use(typed(define()), cookieSession({ signed: false }));
  keepErrors(app, errors);
  expect((await openClient(await serve(app)).get("/")).status).toBe(500);
  expect(String(errors[0])).toContain("found no cookie-session. Mount it behind app.use(cookieSession({ keys })).");
});
