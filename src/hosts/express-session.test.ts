import { EventEmitter, once } from "node:events";
import { createRequire } from "node:module";
import express from "express";
import expressSession, { type SessionData } from "express-session";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { sessions } from "../adapters/express.js";
import { ServerSideSessionBackend } from "../backends/index.js";
import { defineSession, type SessionDefinitionOptions } from "../definition.js";
import { SessionConfigError } from "../errors.js";
import { openClient, serve } from "../http-client.fixture.js";
import { typeEncoder } from "../serialization.js";
import { MemoryStore } from "../stores/index.js";
import type { SessionDict } from "../types.js";
import { requireSession, typed } from "./express-session.js";

/** Without its types: those would say of every request here what its session is. */
const cookieSession: (options: object) => express.RequestHandler = createRequire(import.meta.url)("cookie-session");

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const AppSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.object({ sku: z.string(), quantity: z.number().int().positive() })).default([]),
  since: isoDate.optional(),
  seen: z
    .codec(z.array(z.string()), z.set(z.string()), { decode: (list) => new Set(list), encode: (seen) => [...seen] })
    .optional(),
});
type AppSession = z.infer<typeof AppSession>;

declare module "express-session" {
  interface SessionData extends AppSession {
    visits: number;
    passport: { user: string };
    tags: Set<string>;
  }
}

/** A store as hosts have it, whose records can be looked at, and that counts what is asked of it. */
class RecordingStore extends expressSession.Store {
  readonly records = new Map<string, string>();
  readonly operations: string[] = [];

  override get(id: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    const record = this.records.get(id);
    setImmediate(callback, null, record === undefined ? null : JSON.parse(record));
  }
  override set(id: string, session: SessionData, callback?: (error?: unknown) => void): void {
    this.operations.push("set");
    // Serialised late on purpose: a store may keep the object until its connection is there.
    setImmediate(() => {
      this.records.set(id, JSON.stringify(session));
      callback?.();
    });
  }
  override destroy(id: string, callback?: (error?: unknown) => void): void {
    this.records.delete(id);
    setImmediate(() => callback?.());
  }
  only(): Record<string, unknown> {
    const [record = "{}"] = [...this.records.values()];
    const { cookie: _cookie, ...data }: Record<string, unknown> = JSON.parse(record);
    return data;
  }
  rewrite(data: object): void {
    for (const [id, record] of this.records) {
      const { cookie }: Record<string, unknown> = JSON.parse(record);
      this.records.set(id, JSON.stringify({ ...data, cookie }));
    }
  }
}

interface Application {
  readonly app: express.Express;
  readonly store: RecordingStore;
}

function application(overlay: express.RequestHandler | undefined, store = new RecordingStore()): Application {
  const app = express();
  app.use(expressSession({ secret: "s", store, resave: false, saveUninitialized: false }));
  if (overlay !== undefined) app.use(overlay);
  app.get("/login", (req, res, next) => {
    req.session.regenerate((error) => {
      if (error) return next(error);
      req.session.userId = "ada";
      req.session.since = new Date(0);
      req.session.seen = new Set(["tea"]);
      req.session.save((failure) => (failure ? next(failure) : res.redirect("/")));
    });
  });
  app.get("/add/:sku", (req, res) => {
    req.session.cart = [...(req.session.cart ?? []), { sku: req.params.sku, quantity: 1 }];
    res.json(req.session.cart);
  });
  app.get("/visit", (req, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1;
    res.json(req.session.visits);
  });
  app.get("/read", (req, res) => {
    const { userId, cart, since } = req.session;
    res.json({ userId, cart, year: since instanceof Date ? since.getUTCFullYear() : typeof since });
  });
  app.get("/reload", (req, res, next) => {
    req.session.reload((error) => (error ? next(error) : res.json({ isDate: req.session.since instanceof Date })));
  });
  app.get("/logout", (req, res, next) => req.session.destroy((error) => (error ? next(error) : res.send("bye"))));
  app.get("/untouched", (_req, res) => res.send("nothing"));
  app.get("/break", (req, res) => {
    Object.assign(req.session, { cart: "no cart", userId: "changed" });
    res.json({ ok: true });
  });
  app.use(((error, _req, res, _next) => {
    res.status(error.status ?? 500).json({ error: error.name, message: error.message });
  }) satisfies express.ErrorRequestHandler);
  return { app, store };
}

function define(options: Omit<SessionDefinitionOptions<typeof AppSession>, "schema"> = {}): express.RequestHandler {
  return typed(defineSession({ schema: AppSession, ...options }));
}

describe("typed() on express-session", () => {
  test("decodes on load and encodes before the host saves; the stored format is the host's", async () => {
    const { app, store } = application(define());
    const client = openClient(await serve(app));
    await client.get("/login");
    await client.get("/add/tea");
    expect(store.only()).toEqual({
      userId: "ada",
      since: "1970-01-01T00:00:00.000Z",
      seen: ["tea"],
      cart: [{ sku: "tea", quantity: 1 }],
    });
    expect(await (await client.get("/read")).json()).toEqual({
      userId: "ada",
      cart: [{ sku: "tea", quantity: 1 }],
      year: 1970,
    });
    expect(await (await client.get("/reload")).json()).toEqual({ isDate: true });
    expect(await (await client.get("/logout")).text()).toBe("bye");
    expect(store.records.size).toBe(0);
  });

  test("an instance without it reads what one with it wrote, and the reverse, on one store with one cookie", async () => {
    const { app: withOverlay, store } = application(define());
    const { app: without } = application(undefined, store);
    const origins = [await serve(withOverlay), await serve(without)];
    const cookies = new Map<string, string>();
    const [next, old] = origins.map((origin) => openClient(origin, cookies));
    await next?.get("/login");
    await old?.get("/visit");
    await next?.get("/add/tea");
    await old?.get("/add/rum");
    expect(await (await next?.get("/read"))?.json()).toEqual({
      userId: "ada",
      cart: [
        { sku: "tea", quantity: 1 },
        { sku: "rum", quantity: 1 },
      ],
      year: 1970,
    });
    expect(await (await old?.get("/visit"))?.json()).toBe(2);
    expect(await (await old?.get("/read"))?.json()).toMatchObject({ userId: "ada", year: "string" });
  });

  test("keys that the schema does not know are kept, and the host's own members work", async () => {
    const { app, store } = application(define());
    app.get("/passport", (req, res) => {
      req.session.passport = { user: "ada" };
      req.session.cookie.maxAge = 60_000;
      res.json(typeof req.session.touch);
    });
    const client = openClient(await serve(app));
    await client.get("/visit");
    await client.get("/passport");
    await client.get("/add/tea");
    expect(store.only()).toEqual({ visits: 1, passport: { user: "ada" }, cart: [{ sku: "tea", quantity: 1 }] });
  });

  test("an anonymous hit stores nothing, though the schema gives the session keys", async () => {
    const { app, store } = application(define());
    const client = openClient(await serve(app));
    expect(await (await client.get("/read")).json()).toMatchObject({ cart: [] });
    expect((await client.get("/untouched")).headers.getSetCookie()).toEqual([]);
    expect(store.operations).toEqual([]);
    expect(client.cookies.size).toBe(0);
  });

  test("an unchanged session is not written, codecs or not", async () => {
    const { app, store } = application(define());
    const client = openClient(await serve(app));
    await client.get("/login");
    store.operations.length = 0;
    await client.get("/read");
    await client.get("/untouched");
    expect(store.operations).toEqual([]);
  });

  test("an explicit save does not stop later changes", async () => {
    const { app, store } = application(define());
    app.get("/twice", (req, res) => {
      req.session.since = new Date(1);
      req.session.save(() => res.json({ year: req.session.since?.getUTCFullYear() }));
      req.session.visits = 7;
    });
    const client = openClient(await serve(app));
    expect(await (await client.get("/twice")).json()).toEqual({ year: 1970 });
    expect(store.only()).toEqual({ since: "1970-01-01T00:00:00.001Z", visits: 7 });
  });

  test("a corrupted session is refused with a readable error where the definition says so, and stays stored", async () => {
    const { app, store } = application(define({ onInvalid: "throw" }));
    const client = openClient(await serve(app));
    await client.get("/login");
    const corrupted = { userId: "ada", cart: [{ sku: "tea", quantity: -1 }] };
    store.rewrite(corrupted);
    const response = await client.get("/read");
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: "SessionInvalidError",
      message: expect.stringContaining("cart[0].quantity: "),
    });
    expect(store.only()).toEqual(corrupted);
    store.rewrite({ userId: "ada", cart: [] });
    expect(await (await client.get("/read")).json()).toMatchObject({ userId: "ada" });
  });

  test("by default it is anonymous, stays stored while it is only read, and is replaced by the first write", async () => {
    const { app, store } = application(define());
    const client = openClient(await serve(app));
    await client.get("/login");
    const corrupted = { userId: "ada", cart: "bad", visits: 3 };
    store.rewrite(corrupted);
    expect(await (await client.get("/read")).json()).toEqual({ cart: [], year: "undefined" });
    expect(store.only()).toEqual(corrupted);
    await client.get("/add/tea");
    expect(store.only()).toEqual({ cart: [{ sku: "tea", quantity: 1 }] });
  });

  test("data of another form is upgraded, and stored in the new form with the next change", async () => {
    const { app, store } = application(
      define({ upgrade: ({ cart: _cart, user_id: userId, ...rest }) => ({ ...rest, userId, cart: [] }) }),
    );
    const client = openClient(await serve(app));
    await client.get("/login");
    store.rewrite({ user_id: "old", cart: "in another form", other: 1 });
    expect(await (await client.get("/read")).json()).toMatchObject({ userId: "old", cart: [] });
    expect(store.only()).toEqual({ user_id: "old", cart: "in another form", other: 1 });
    await client.get("/visit");
    expect(store.only()).toEqual({ userId: "old", cart: [], other: 1, visits: 1 });
  });

  test("older data that fits as it is, is not upgraded: the host stores no version", async () => {
    const { app, store } = application(define({ upgrade: ({ user_id: userId, ...rest }) => ({ ...rest, userId }) }));
    const client = openClient(await serve(app));
    await client.get("/login");
    store.rewrite({ user_id: "old", cart: [] });
    expect(await (await client.get("/read")).json()).not.toHaveProperty("userId");
    await client.get("/visit");
    expect(store.only()).toEqual({ user_id: "old", cart: [], visits: 1 });
  });

  test("a key that is copied under its new name is stored beside the old one", async () => {
    const { app, store } = application(define());
    app.get("/copy", (req, res) => {
      const stored: SessionDict = req.session;
      if (stored["user_id"] !== undefined) req.session.userId = stored["user_id"];
      res.json(req.session.userId ?? null);
    });
    const client = openClient(await serve(app));
    await client.get("/login");
    store.rewrite({ user_id: "old" });
    expect(await (await client.get("/copy")).json()).toBe("old");
    expect(store.only()).toEqual({ user_id: "old", userId: "old" });
  });

  test("what the application writes is checked before the host saves: an error, and nothing is saved", async () => {
    const { app, store } = application(define());
    const client = openClient(await serve(app));
    await client.get("/login");
    const before = store.only();
    const response = await client.get("/break");
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      error: "SessionInvalidError",
      message: expect.stringMatching(/^The changed session/),
    });
    expect(store.only()).toEqual(before);
  });

  test("a new visitor gets no id of a session that could not be saved, and its error is one error", async () => {
    const { app, store } = application(define());
    const errors: unknown[] = [];
    app.get("/break-anew", (req, res) => {
      Object.assign(req.session, { cart: "no cart" });
      res.json("never sent");
    });
    app.use(((error, _req, res, _next) => {
      errors.push(error);
      res.status(500).json("sorry");
    }) satisfies express.ErrorRequestHandler);
    const client = openClient(await serve(app));
    const response = await client.get("/break-anew");
    expect([response.status, await response.json(), response.headers.getSetCookie()]).toEqual([500, "sorry", []]);
    expect([errors.length, store.records.size]).toEqual([1, 0]);
  });

  test("onInvalidSession is told what of a stored session was refused", async () => {
    const refused: string[] = [];
    const { app, store } = application(typed(AppSession, { onInvalidSession: ({ message }) => refused.push(message) }));
    const client = openClient(await serve(app));
    await client.get("/login");
    expect(refused).toEqual([]);
    store.rewrite({ cart: "bad" });
    await client.get("/read");
    expect(refused).toEqual([expect.stringMatching(/^The stored session .*cart: /)]);
  });

  test("the same where headers were written by hand", async () => {
    const { app, store } = application(undefined);
    const withHead = express();
    withHead.use(expressSession({ secret: "s", store, resave: false, saveUninitialized: false }), define());
    withHead.get("/break", (req, res) => {
      Object.assign(req.session, { cart: "no cart" });
      res.writeHead(200).end("never sent");
    });
    withHead.use(app);
    const response = await openClient(await serve(withHead)).get("/break");
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("The changed session");
    expect(store.records.size).toBe(0);
  });

  test("type encoders write further classes", async () => {
    const store = new RecordingStore();
    const Tagged = z.object({
      tags: z.preprocess((tags) => (Array.isArray(tags) ? new Set(tags) : tags), z.set(z.string())).optional(),
    });
    const app = express();
    app.use(
      expressSession({ secret: "s", store, resave: false, saveUninitialized: false }),
      typed(Tagged, { typeEncoders: [typeEncoder(Set, (set) => [...set])] }),
    );
    app.get("/", (req, res) => {
      const { tags = new Set() } = req.session;
      req.session.tags = new Set([...tags, `tag ${tags.size}`]);
      res.json(tags instanceof Set);
    });
    const client = openClient(await serve(app));
    await client.get("/");
    expect(await (await client.get("/")).json()).toBe(true);
    expect(store.only()).toEqual({ tags: ["tag 0", "tag 1"] });
  });

  test("requireSession narrows for its handler and answers 401 to others", async () => {
    const { app } = application(define());
    const guarded = express();
    guarded.use(app);
    const SignedIn = AppSession.required({ userId: true });
    app.get(
      "/account/:tab",
      requireSession(SignedIn, (req, res) => res.json([req.params["tab"]?.length, req.session.userId.length])),
    );
    const client = openClient(await serve(guarded));
    expect((await client.get("/account/orders")).status).toBe(401);
    await client.get("/login");
    expect(await (await client.get("/account/orders")).json()).toEqual([6, 3]);
  });
});

describe("typed() refuses what can't work", () => {
  test.each([
    ["a schema that rejects {}", z.object({ userId: z.string() }), "every visitor's session begins empty"],
    ["a class", class Shop {}, "got a class"],
    ["no schema", { parse: () => ({}) }, "describes no session"],
    ["nothing", undefined, "look for a circular import"],
  ])("%s", (_name, source, problem) => {
    const create: (source: never) => unknown = typed;
    expect(() => create(source as never)).toThrow(SessionConfigError);
    expect(() => create(source as never)).toThrow(problem);
  });

  test("mounted before the host, it warns once and says what to do", async () => {
    const app = express();
    app.use(define(), expressSession({ secret: "s", resave: false, saveUninitialized: false }));
    app.get("/", (_req, res) => res.end());
    const warning = once(process as EventEmitter, "warning");
    const client = openClient(await serve(app));
    expect((await client.get("/")).status).toBe(200);
    expect(await warning).toMatchObject([
      { code: "TYPED_SESSION_ORDER", message: expect.stringMatching(/Mount it behind session\(\)/) },
    ]);
  });
});

test.each([
  ["cookie-session", () => cookieSession({ signed: false })],
  ["the project's own engine", () => sessions(new ServerSideSessionBackend({ store: new MemoryStore() }))],
])("typed() on the session of %s says what to do", async (_name, other) => {
  const app = express();
  app.use(other(), define());
  app.get("/", (_req, res) => res.json("never"));
  const response = await openClient(await serve(app)).get("/");
  expect([response.status, await response.text()]).toEqual([
    500,
    expect.stringMatching(
      /found request.session to be another library.*Use the typed\(\) that is named after that library/,
    ),
  ]);
});

test("without express-session, a request that fails for it comes with a warning that says what to do", async () => {
  // The warning is given once in a process: this is another.
  vi.resetModules();
  const anew = await import("./express-session.js");
  const app = express();
  app.use(anew.typed(AppSession));
  app.get("/fine", (_req, res) => res.json("fine"));
  app.get("/", (req, res) => res.json(req.session.cart));
  app.use(((_error, _req, res, _next) => res.status(500).end()) satisfies express.ErrorRequestHandler);
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const client = openClient(await serve(app));
  await client.get("/fine");
  expect(warnings).toEqual([]);
  for (let round = 0; round < 2; round += 1) expect((await client.get("/")).status).toBe(500);
  process.off("warning", listen);
  expect(warnings).toEqual([
    expect.objectContaining({
      code: "TYPED_SESSION_ORDER",
      message: expect.stringMatching(/found no session of express-session .* Mount it behind session\(\)/),
    }),
  ]);
});

test("the project's own engine beside express-session says what to do", async () => {
  const app = express();
  app.use(expressSession({ secret: "s", resave: false, saveUninitialized: false }));
  app.use(sessions(new ServerSideSessionBackend({ store: new MemoryStore() })));
  const response = await openClient(await serve(app)).get("/");
  expect(response.status).toBe(500);
  expect(await response.text()).toContain("another session library ran before");
});
