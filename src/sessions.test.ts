import { randomUUID } from "node:crypto";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { parseSetCookie } from "cookie";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  ClientSideSessionBackend,
  ServerSideSessionBackend,
  type BaseSessionBackend,
  type SessionBackendOptions,
  type SessionEvent,
} from "./backends/index.js";
import { httpScope, openBrowser, type Browser } from "./browser.fixture.js";
import { defineSession } from "./definition.js";
import { SessionInvalidError, SessionSerializationError } from "./errors.js";
import { SessionMiddleware } from "./middleware.js";
import { overlapOn } from "./overlap.fixture.js";
import { Request } from "./request.js";
import type { Layer } from "./scope.js";
import { typeDecoder, typeEncoder } from "./serialization.js";
import { MemoryStore, type Store } from "./stores/index.js";
import type { SessionOf, SessionSource } from "./types.js";

const AppSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.object({ sku: z.string(), quantity: z.number() })).default([]),
  since: z
    .codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })
    .optional(),
});

/** A store that counts what is asked of it. */
function countingStore(inner: Store): { store: Store; operations: string[] } {
  const operations: string[] = [];
  const counted =
    <A extends unknown[], R>(name: string, run: (...parameters: A) => R) =>
    (...parameters: A): R => {
      operations.push(name);
      return run(...parameters);
    };
  const store: Store = {
    capabilities: inner.capabilities,
    get: counted("get", (key) => inner.get(key)),
    set: counted("set", (key, value, expiresIn, options) => inner.set(key, value, expiresIn, options)),
    delete: counted("delete", (key, condition) => inner.delete(key, condition)),
    renew: counted("renew", (key, expiresIn) => inner.renew(key, expiresIn)),
  };
  return { store, operations };
}

interface Setup {
  readonly operations: string[];
  readonly create: <const TSource extends SessionSource | undefined = undefined>(
    options?: SessionBackendOptions<TSource>,
  ) => BaseSessionBackend<SessionOf<TSource>>;
}

const secret = "a secret of more than 32 characters";

/** Changes its argument, as functions for `z.preprocess` do in practice. */
function addVisits(raw: unknown): unknown {
  return Object.assign(Object(raw), { visits: 1 });
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));
}

const setups: Record<string, (clock?: () => number) => Setup> = {
  ClientSideSessionBackend: (clock = Date.now) => ({
    operations: [],
    create: (options = {}) => new ClientSideSessionBackend({ clock, ...options, secret }),
  }),
  ServerSideSessionBackend: (clock = Date.now) => {
    const { store, operations } = countingStore(new MemoryStore({ clock }));
    return { operations, create: (options = {}) => new ServerSideSessionBackend({ clock, ...options, store }) };
  },
};

describe.each(Object.entries(setups))("%s", (_name, setup) => {
  describe("P1 v2 stays v2", () => {
    test("a session is a mutable dict that remembers", async () => {
      const browser = openBrowser(setup().create());
      await browser.visit((request) => {
        request.session["user"] = { name: "Ada", roles: ["admin"] };
      });
      await browser.visit(({ session }) => session["user"].roles.push("editor"));
      const { result } = await browser.visit((request) => request.session);
      expect(result).toEqual({ user: { name: "Ada", roles: ["admin", "editor"] } });
    });

    test("setSession replaces it, clearSession empties it and takes the cookie back", async () => {
      const browser = openBrowser(setup().create());
      await browser.visit((request) => request.setSession({ a: 1, b: 2 }));
      await browser.visit((request) => request.setSession({ c: 3 }));
      expect((await browser.visit((request) => request.session)).result).toEqual({ c: 3 });
      const { result } = await browser.visit((request) => {
        request.clearSession();
        return request.session;
      });
      expect(result).toEqual({});
      expect(browser.cookies.size).toBe(0);
      expect((await browser.visit((request) => request.session)).result).toEqual({});
    });
  });

  describe("P3 a typed session does not lie", () => {
    test("codecs give back what was written", async () => {
      const browser = openBrowser(setup().create({ session: AppSession }));
      await browser.visit(({ session }) => {
        session.since = new Date(5);
        session.cart.push({ sku: "a", quantity: 1 });
      });
      const { result } = await browser.visit(({ session }) => session);
      expect(result).toEqual({ cart: [{ sku: "a", quantity: 1 }], since: new Date(5) });
    });

    test("what was stored in another form gives an anonymous session, told as an event, and stays stored", async () => {
      const { create } = setup();
      const old = create();
      const events: SessionEvent[] = [];
      const typed = create({ session: AppSession, onEvent: (event) => events.push(event) });
      const cookies = new Map<string, string>();
      await openBrowser(old, { cookies }).visit((request) => request.setSession({ cart: "not a cart", isAdmin: true }));
      const { result, setCookies } = await openBrowser(typed, { cookies }).visit(({ session }) => session);
      expect(result).toEqual({ cart: [] });
      expect(setCookies).toEqual([]);
      expect(events).toMatchObject([{ type: "session-invalid", error: { issues: [{ path: "cart" }] } }]);
      expect((await openBrowser(old, { cookies }).visit(({ session }) => session)).result).toEqual({
        cart: "not a cart",
        isAdmin: true,
      });
    });

    test("the first write replaces what was refused: nothing of it comes back", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      const typed = openBrowser(create({ session: AppSession }), { cookies });
      await openBrowser(create(), { cookies }).visit((request) => request.setSession({ cart: "bad", isAdmin: true }));
      await typed.visit(({ session }) => {
        session.userId = "u";
      });
      expect((await openBrowser(create(), { cookies }).visit(({ session }) => session)).result).toEqual({
        userId: "u",
        cart: [],
      });
    });

    test("a policy may throw, or give other data to be checked", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      await openBrowser(create(), { cookies }).visit((request) => request.setSession({ cart: "bad", userId: "u" }));
      const strict = create({ session: defineSession({ schema: AppSession, onInvalid: "throw" }) });
      await expect(openBrowser(strict, { cookies }).visit(({ session }) => session)).rejects.toThrow(
        SessionInvalidError,
      );
      const mend = (replacement: object | undefined) =>
        create({
          session: defineSession({
            schema: AppSession,
            onInvalid: (_error, raw) => replacement && { ...raw, ...replacement },
          }),
        });
      const visit = async (replacement: object | undefined) =>
        (await openBrowser(mend(replacement), { cookies }).visit(({ session }) => session)).result;
      expect(await visit({ cart: [] })).toEqual({ userId: "u", cart: [] });
      expect(await visit(undefined)).toEqual({ cart: [] });
      await expect(visit({ cart: "still bad" })).rejects.toThrow(SessionInvalidError);
    });

    test("what the application writes is checked before it is saved", async () => {
      const browser = openBrowser(setup().create({ session: AppSession }));
      await browser.visit(({ session }) => session.cart.push({ sku: "a", quantity: 1 }));
      const write = browser.visit(({ session }) => Object.assign(session, { cart: [{ sku: "a", quantity: "many" }] }));
      await expect(write).rejects.toThrow("The changed session does not have the declared type: cart[0].quantity");
      expect((await browser.visit(({ session }) => session.cart)).result).toEqual([{ sku: "a", quantity: 1 }]);
    });

    test("a schema that rejects {} gives null, and a session once there is one", async () => {
      const browser = openBrowser(setup().create({ session: z.object({ userId: z.string() }) }));
      expect((await browser.visit(({ session }) => session)).result).toBeNull();
      await browser.visit((request) => request.setSession({ userId: "u" }));
      expect((await browser.visit(({ session }) => session?.userId)).result).toBe("u");
      await browser.visit((request) => {
        request.session = null;
      });
      expect(browser.cookies.size).toBe(0);
      expect((await browser.visit(({ session }) => session)).result).toBeNull();
    });

    test("older data is upgraded, once", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      const upgrades: number[] = [];
      const next = create({
        session: defineSession({
          schema: AppSession,
          version: 3,
          upgrade: (raw, from) => {
            upgrades.push(from);
            const { user_id: userId, ...rest } = raw;
            return { ...rest, userId };
          },
        }),
      });
      await openBrowser(create(), { cookies }).visit((request) => request.setSession({ user_id: "u", other: 1 }));
      const browser = openBrowser(next, { cookies });
      await browser.visit(({ session }) => session.cart.push({ sku: "a", quantity: 1 }));
      upgrades.length = 0;
      expect((await browser.visit(({ session }) => session)).result).toEqual({
        userId: "u",
        cart: [{ sku: "a", quantity: 1 }],
        other: 1,
      });
      expect(upgrades).toEqual([]);
    });

    test("an older instance that changes upgraded data does not make it be upgraded again", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      const upgrade = (raw: Record<string, unknown>) => ({ ...raw, userId: raw["user_id"] });
      const next = create({ session: defineSession({ schema: AppSession, version: 2, upgrade }) });
      await openBrowser(next, { cookies }).visit(({ session }) => {
        session.userId = "u";
      });
      await openBrowser(create(), { cookies }).visit((request) => {
        request.session["seen"] = true;
      });
      expect((await openBrowser(next, { cookies }).visit(({ session }) => session.userId)).result).toBe("u");
    });
  });

  describe("type encoders and decoders of the route and of the application", () => {
    class Shop {
      constructor(
        readonly owner: string,
        readonly opened: Date,
      ) {}
    }
    const application: Layer = {
      typeEncoders: [typeEncoder(Date, (date) => `application ${date.getTime()}`)],
      typeDecoders: [
        typeDecoder(Shop, (raw) => {
          const { owner, opened } = z.object({ owner: z.string(), opened: z.string() }).parse(raw);
          return new Shop(owner, new Date(Number(opened.split(" ")[1])));
        }),
      ],
    };

    test("serve both directions through the connection's scope", async () => {
      const browser = openBrowser(setup().create({ session: Shop }), { layer: { parent: application } });
      await browser.visit((request) => request.setSession(new Shop("Ada", new Date(7))));
      const { result } = await browser.visit(({ session }) => session);
      expect(result).toBeInstanceOf(Shop);
      expect(result).toEqual(new Shop("Ada", new Date(7)));
    });

    test("those of the route come before those of the application", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      const route: Layer = {
        typeEncoders: [typeEncoder(Date, (date) => `route ${date.getTime()}`)],
        typeDecoders: [typeDecoder(Shop, () => new Shop("from the route", new Date(0)))],
        parent: application,
      };
      const browser = openBrowser(create({ session: Shop }), { layer: route, cookies });
      await browser.visit((request) => request.setSession(new Shop("Ada", new Date(7))));
      expect((await browser.visit(({ session }) => session?.owner)).result).toBe("from the route");
      const stored = await openBrowser(create(), { cookies }).visit(({ session }) => session);
      expect(stored.result).toEqual({ owner: "Ada", opened: "route 7" });
    });

    test("without an encoder, a value that JSON would change is an error that names it, and nothing is saved", async () => {
      const browser = openBrowser(setup().create());
      await browser.visit((request) => request.setSession({ a: 1 }));
      const visit = browser.visit((request) => request.setSession({ nested: [{ at: new Date(0) }] }));
      await expect(visit).rejects.toThrow(SessionSerializationError);
      await expect(visit).rejects.toThrow("`nested[0].at` is an instance of Date");
      expect((await browser.visit(({ session }) => session)).result).toEqual({ a: 1 });
    });

    test("a session that could not be saved can still be read", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      await openBrowser(create(), { cookies }).visit((request) =>
        request.setSession({ at: "1970-01-01T00:00:00.000Z" }),
      );
      const decodeOnly = create({ session: z.object({ at: z.coerce.date(), note: z.string().optional() }) });
      const browser = openBrowser(decodeOnly, { cookies });
      expect((await browser.visit(({ session }) => session?.at)).result).toEqual(new Date(0));
      await expect(
        browser.visit(({ session }) => {
          if (session !== null) session.note = "changed";
        }),
      ).rejects.toThrow("`at` is an instance of Date");
    });
  });

  test("what a codec is there to hide is hidden, though it also reads what was never hidden", async () => {
    const hidden = z.codec(z.string(), z.string(), {
      decode: (text) => (text.startsWith("rot13:") ? rot13(text.slice(6)) : text),
      encode: (text) => `rot13:${rot13(text)}`,
    });
    const { create } = setup();
    const cookies = new Map<string, string>();
    await openBrowser(create(), { cookies }).visit((request) => request.setSession({ pin: "never hidden", n: 0 }));
    const typed = openBrowser(create({ session: z.object({ pin: hidden, n: z.number() }) }), { cookies });
    expect((await typed.visit(({ session }) => session?.pin)).result).toBe("never hidden");
    await typed.visit((request) => {
      request.session = { pin: "open sesame", n: 1 };
    });
    expect((await typed.visit(({ session }) => session?.pin)).result).toBe("open sesame");
    const { result } = await openBrowser(create(), { cookies }).visit(({ session }) => session);
    expect(result).toEqual({ pin: "rot13:bcra frfnzr", n: 1 });
  });

  describe("P4 nothing is lost", () => {
    test("keys that the schema does not know survive a typed read-modify-write, in nested objects too", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      const Nested = z.object({ profile: z.object({ name: z.string() }).optional() });
      await openBrowser(create(), { cookies }).visit((request) =>
        request.setSession({ legacy: [1], profile: { name: "a", theme: "dark" } }),
      );
      await openBrowser(create({ session: Nested }), { cookies }).visit(({ session }) => {
        session.profile = { name: "b" };
      });
      expect((await openBrowser(create(), { cookies }).visit(({ session }) => session)).result).toEqual({
        legacy: [1],
        profile: { name: "b" },
      });
      await openBrowser(create(), { cookies }).visit(({ session }) => (session["profile"].theme = "light"));
      await openBrowser(create({ session: Nested }), { cookies }).visit(({ session }) => {
        if (session.profile !== undefined) session.profile.name = "c";
      });
      expect((await openBrowser(create(), { cookies }).visit(({ session }) => session)).result).toEqual({
        legacy: [1],
        profile: { name: "c", theme: "light" },
      });
    });

    test("code that does not know the schema yet reads and writes its keys through a typed session", async () => {
      const browser = openBrowser(setup().create({ session: AppSession }));
      const legacy = (session: Record<string, unknown>) => session;
      await browser.visit(({ session }) => (legacy(session)["flash"] = "hello"));
      expect((await browser.visit(({ session }) => legacy(session)["flash"])).result).toBe("hello");
      await browser.visit(({ session }) => delete legacy(session)["flash"]);
      expect((await browser.visit(({ session }) => session)).result).toEqual({ cart: [] });
    });
  });

  describe("P5 no unneeded work", () => {
    test("a route that does not touch the session costs nothing", async () => {
      const { create, operations } = setup();
      const browser = openBrowser(create());
      expect((await browser.visit(() => "untouched")).headers).toEqual([]);
      expect(operations).toEqual([]);
    });

    test("a stored session that nobody touches is not even opened", async () => {
      const { create } = setup();
      const cookies = new Map<string, string>();
      await openBrowser(create(), { cookies }).visit((request) => request.setSession({ cart: "no cart" }));
      const strict = create({ session: defineSession({ schema: AppSession, onInvalid: "throw" }) });
      expect((await openBrowser(strict, { cookies }).visit(() => "untouched")).headers).toEqual([]);
    });

    test("however many callers ask for the session at once, what is stored is read once", async () => {
      const { operations, create } = setup();
      const browser = openBrowser(create());
      await browser.visit((request) => request.setSession({ a: 1 }));
      operations.length = 0;
      const { result } = await browser.visit(async (request) => {
        const sessions = await Promise.all(Array.from({ length: 20 }, () => request.loadSession()));
        return new Set([...sessions, request.session]).size;
      });
      expect(result).toBe(1);
      expect(operations.filter((operation) => operation === "get").length).toBeLessThanOrEqual(1);
    });

    test("an anonymous hit stores nothing, even where the schema gives it keys", async () => {
      const { create, operations } = setup();
      const browser = openBrowser(create({ session: AppSession }));
      expect((await browser.visit(({ session }) => session.cart)).headers).toEqual([]);
      expect(operations).toEqual([]);
    });

    test("an unchanged session is not written", async () => {
      const { create, operations } = setup();
      const browser = openBrowser(create({ session: AppSession }));
      await browser.visit(({ session }) => session.cart.push({ sku: "a", quantity: 1 }));
      operations.length = 0;
      const { headers } = await browser.visit(({ session }) => {
        session.cart.push({ sku: "b", quantity: 1 });
        session.cart.pop();
      });
      expect(headers).toEqual([]);
      expect(operations.filter((operation) => operation !== "get")).toEqual([]);
    });

    test.each<[string, StandardSchemaV1]>([
      [
        "a default that is another each time",
        z.object({ a: z.number(), once: z.string().default(() => randomUUID()) }),
      ],
      ["a schema that changes what it is given", z.preprocess(addVisits, z.object({ a: z.number() }).loose())],
      ["a schema that keeps what it is given", z.preprocess(addVisits, z.unknown())],
      ["a schema that trims", z.object({ a: z.number(), name: z.string().trim() })],
    ])("%s makes no write of a read", async (_, schema) => {
      const { create, operations } = setup();
      const cookies = new Map<string, string>();
      const before = openBrowser(create(), { cookies });
      await before.visit((request) => request.setSession({ a: 1, name: " Ada ", nested: { deep: [1] } }));
      operations.length = 0;
      const { headers, result } = await openBrowser(create({ session: schema }), { cookies }).visit(
        (request) => request.session,
      );
      expect(result).toMatchObject({ a: 1 });
      expect(headers).toEqual([]);
      expect(operations.filter((operation) => operation !== "get")).toEqual([]);
    });

    test("saving leaves the session as it is, whatever its schema does to what it is given", async () => {
      const browser = openBrowser(setup().create({ session: z.preprocess(addVisits, z.looseObject({})) }));
      const { result } = await browser.visit((request) => (request.session = { a: 1 }));
      expect(result).toEqual({ a: 1 });
    });

    test("a session in the second half of its life is renewed by use, in the first it is not", async () => {
      let now = 0;
      const browser = openBrowser(setup(() => now).create({ maxAge: 100 }));
      await browser.visit((request) => request.setSession({ a: 1 }));
      now = 49_000;
      expect((await browser.visit(({ session }) => session)).setCookies).toEqual([]);
      now = 51_000;
      expect((await browser.visit(({ session }) => session)).setCookies).toHaveLength(1);
      now = 140_000;
      expect((await browser.visit(({ session }) => session)).result).toEqual({ a: 1 });
    });
  });

  describe("P6 fails closed", () => {
    test("a session ends when its time is over, whatever the browser sends", async () => {
      let now = 0;
      const browser = openBrowser(setup(() => now).create({ maxAge: 100 }));
      await browser.visit((request) => request.setSession({ a: 1 }));
      now = 100_000;
      expect((await browser.visit(({ session }) => session)).result).toEqual({});
    });

    test("every changed character of the cookie gives an anonymous session, told as an event", async () => {
      const events: SessionEvent[] = [];
      const backend = setup().create({ onEvent: (event) => events.push(event) });
      const { cookies, visit } = openBrowser(backend);
      await visit((request) => request.setSession({ a: 1 }));
      const genuine = cookies.get("session") ?? "";
      for (let at = 0; at < genuine.length; at += 1) {
        for (const changed of [
          genuine.slice(0, at),
          `${genuine.slice(0, at)}*${genuine.slice(at + 1)}`,
          `${genuine}x`,
        ]) {
          const forged = openBrowser(backend, { cookies: new Map([["session", changed]]) });
          expect((await forged.visit(({ session }) => session)).result).toEqual({});
        }
      }
      // An empty cookie value is one of the changes, and is no session either.
      expect(events).toHaveLength(genuine.length * 3);
      expect(new Set(events.map(({ type }) => type))).toEqual(new Set(["cookie-rejected"]));
    });
  });

  test("a response that sets a session is not for shared caches", async () => {
    const { headers } = await openBrowser(setup().create()).visit((request) => request.setSession({ a: 1 }));
    expect(headers.slice(1)).toEqual([
      ["Cache-Control", "private"],
      ["Vary", "Cookie"],
    ]);
  });

  test("excluded paths, routes and kinds of connection have no session", async () => {
    const { create } = setup();
    const backend = create({ exclude: ["^/health", /\.css$/], scopes: ["http"] });
    const read = (options: { path?: string; layer?: Layer }) =>
      openBrowser(backend, options).visit((request) => request.session);
    await expect(read({ path: "/health/live" })).rejects.toThrow("excludes this route");
    await expect(read({ path: "/site.css" })).rejects.toThrow("excludes this route");
    await expect(read({ layer: { parent: { opt: { skipSession: true } } } })).rejects.toThrow("excludes this route");
    expect((await read({ path: "/shop" })).result).toEqual({});
  });
});

test("an encrypted cookie is opened when the session is used, and not before", async () => {
  const events: SessionEvent[] = [];
  const backend = new ClientSideSessionBackend({ secret, onEvent: (event) => events.push(event) });
  const browser = openBrowser(backend, { cookies: new Map([["session", "garbage"]]) });
  await browser.visit(() => "untouched");
  expect(events).toEqual([]);
  await browser.visit(({ session }) => session);
  expect(events).toEqual([{ type: "cookie-rejected" }]);
});

test("an encrypted cookie is good for its own name only", async () => {
  const first = openBrowser(new ClientSideSessionBackend({ secret, key: "first" }));
  await first.visit((request) => request.setSession({ a: 1 }));
  const cookies = new Map([["second", first.cookies.get("first") ?? ""]]);
  const second = openBrowser(new ClientSideSessionBackend({ secret, key: "second" }), { cookies });
  expect((await second.visit(({ session }) => session)).result).toEqual({});
});

test("after a change of secrets nobody is logged out, and new cookies have the new secret", async () => {
  const cookies = new Map<string, string>();
  const next = "another secret of more than 32 characters";
  await openBrowser(new ClientSideSessionBackend({ secret }), { cookies }).visit((request) =>
    request.setSession({ a: 1 }),
  );
  const ring = openBrowser(new ClientSideSessionBackend({ secret: [next, secret] }), { cookies });
  await ring.visit(({ session }) => (session["b"] = 2));
  const { result } = await openBrowser(new ClientSideSessionBackend({ secret: next }), { cookies }).visit(
    ({ session }) => session,
  );
  expect(result).toEqual({ a: 1, b: 2 });
});

describe("ServerSideSessionBackend with overlapping requests", () => {
  const overlap = (first: Parameters<typeof overlapOn>[2], second: Parameters<typeof overlapOn>[3]) =>
    overlapOn(new MemoryStore(), { user: "u", shared: { a: 1 } }, first, second);

  test("two writes of different keys both win", async () => {
    const { session } = await overlap(
      (request) => (request.session["first"] = 1),
      (request) => (request.session["second"] = 2),
    );
    expect(session).toEqual({ user: "u", shared: { a: 1 }, first: 1, second: 2 });
  });

  test("two writes of different members of one object both win", async () => {
    const { session } = await overlap(
      (request) => (request.session["shared"].b = 2),
      (request) => (request.session["shared"].c = 3),
    );
    expect(session["shared"]).toEqual({ a: 1, b: 2, c: 3 });
  });

  test("a slow request can't bring a logged-out session back", async () => {
    const { session, events, browser } = await overlap(
      (request) => request.clearSession(),
      (request) => (request.session["slow"] = true),
    );
    expect(session).toEqual({});
    expect(browser.cookies.size).toBe(0);
    expect(events).toContainEqual({ type: "session-gone" });
  });

  test("nor by saving again, or by a new id", async () => {
    const backend = new ServerSideSessionBackend({ store: new MemoryStore() });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ user: "u" }));
    const scope = httpScope(browser.cookies);
    const handle = new SessionMiddleware(backend).open(scope);
    if (handle === undefined) return expect.unreachable();
    handle.get()["slow"] = true;
    await browser.visit((request) => request.clearSession());
    expect(await handle.commit()).toEqual([]);
    handle.get()["slower"] = true;
    expect(await handle.commit()).toEqual([]);
    handle.regenerateId();
    expect(await handle.commit()).toEqual([]);
    // A new login in the same request is another session, with nothing of the old one.
    handle.clear();
    handle.get()["user"] = "someone";
    const [cookie = ""] = await handle.commit();
    const cookies = new Map([["session", parseSetCookie(cookie).value ?? ""]]);
    expect((await openBrowser(backend, { cookies }).visit(({ session }) => session)).result).toEqual({
      user: "someone",
    });
  });

  test("a slow request can't take away the session of a login beside it", async () => {
    const { session, browser } = await overlap(
      (request) => {
        request.regenerateSession();
        request.session["user"] = "someone";
      },
      (request) => (request.session["slow"] = true),
    );
    expect(session).toEqual({ user: "someone", shared: { a: 1 } });
    expect(browser.cookies.size).toBe(1);
  });

  test("a write that overlaps with a new id is kept", async () => {
    const { session } = await overlap(
      (request) => (request.session["first"] = 1),
      (request) => request.regenerateSession(),
    );
    expect(session).toEqual({ user: "u", shared: { a: 1 }, first: 1 });
  });
});

describe("ServerSideSessionBackend and ids", () => {
  const idOf = (browser: Pick<Browser<unknown>, "cookies">) => browser.cookies.get("session") ?? "";

  test("an id that a client made up is never adopted", async () => {
    const store = new MemoryStore();
    const made = "A".repeat(43);
    const browser = openBrowser(new ServerSideSessionBackend({ store }), { cookies: new Map([["session", made]]) });
    await browser.visit((request) => request.setSession({ a: 1 }));
    expect(idOf(browser)).not.toBe(made);
    expect(idOf(browser)).toMatch(/^[\w-]{43}$/);
  });

  test("what has not the form of an id never reaches the store", async () => {
    const { store, operations } = countingStore(new MemoryStore());
    const backend = new ServerSideSessionBackend({ store });
    for (const id of ["../../etc/passwd", "a".repeat(42), "a".repeat(44), `${"a".repeat(42)}%00`, "*"]) {
      const browser = openBrowser(backend, { cookies: new Map([["session", id]]) });
      expect((await browser.visit(({ session }) => session)).result).toEqual({});
    }
    expect(operations).toEqual([]);
  });

  test("the store never gets the id itself", async () => {
    const keys: string[] = [];
    const inner = new MemoryStore();
    const store: Store = {
      ...countingStore(inner).store,
      set: (key, value, expiresIn, condition) => {
        keys.push(key, value);
        return inner.set(key, value, expiresIn, condition);
      },
    };
    const browser = openBrowser(new ServerSideSessionBackend({ store }));
    await browser.visit((request) => request.setSession({ a: 1 }));
    expect(keys).toHaveLength(2);
    expect(keys.join()).not.toContain(idOf(browser));
  });

  test("a new id keeps the data, and the old id is dead at once", async () => {
    const backend = new ServerSideSessionBackend({ store: new MemoryStore() });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ a: 1 }));
    const old = idOf(browser);
    await browser.visit((request) => request.regenerateSession());
    expect(idOf(browser)).not.toBe(old);
    expect((await browser.visit((request) => [request.session, request.getSessionId()])).result).toEqual([
      { a: 1 },
      idOf(browser),
    ]);
    const thief = openBrowser(backend, { cookies: new Map([["session", old]]) });
    expect((await thief.visit(({ session }) => session)).result).toEqual({});
  });

  test("a session that was loaded with what nothing writes gets a new id all the same, as it is stored", async () => {
    const store = new MemoryStore();
    const writer = openBrowser(new ServerSideSessionBackend({ store }));
    await writer.visit((request) => request.setSession({ seen: "2026-01-01" }));
    const old = idOf(writer);
    const seen = z.string().transform((text) => new Date(text));
    const browser = openBrowser(new ServerSideSessionBackend({ store, session: z.object({ seen }) }), writer);
    await browser.visit((request) => request.regenerateSession());
    expect(idOf(browser)).not.toBe(old);
    expect((await browser.visit(({ session }) => session?.seen)).result).toEqual(new Date("2026-01-01"));
    const thief = openBrowser(new ServerSideSessionBackend({ store }), { cookies: new Map([["session", old]]) });
    expect((await thief.visit(({ session }) => session)).result).toEqual({});
  });

  test("a replayed cookie of a logged-out session is anonymous", async () => {
    const backend = new ServerSideSessionBackend({ store: new MemoryStore() });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ a: 1 }));
    const cookies = new Map(browser.cookies);
    await browser.visit((request) => request.clearSession());
    expect((await openBrowser(backend, { cookies }).visit(({ session }) => session)).result).toEqual({});
  });
});

describe("a failing store is an error, never an empty session", () => {
  const failure = new Error("The store is down");
  const failing = (method: keyof Store): Store => {
    const inner = new MemoryStore();
    return { ...countingStore(inner).store, [method]: () => Promise.reject(failure) };
  };

  test("on reading", async () => {
    const cookies = new Map([["session", "A".repeat(43)]]);
    const browser = openBrowser(new ServerSideSessionBackend({ store: failing("get") }), { cookies });
    await expect(browser.visit(({ session }) => session)).rejects.toBe(failure);
  });

  test("on writing", async () => {
    const browser = openBrowser(new ServerSideSessionBackend({ store: failing("set") }));
    await expect(browser.visit((request) => request.setSession({ a: 1 }))).rejects.toBe(failure);
  });

  test("on logout", async () => {
    const browser = openBrowser(new ServerSideSessionBackend({ store: failing("delete") }));
    await browser.visit((request) => request.setSession({ a: 1 }));
    await expect(browser.visit((request) => request.clearSession())).rejects.toBe(failure);
  });

  test("a store that keeps changing under a request is an error after a bounded number of tries", async () => {
    const inner = new MemoryStore();
    const store: Store = {
      ...countingStore(inner).store,
      set: (key, value, expiresIn, condition) =>
        condition?.when === "unchanged" ? null : inner.set(key, value, expiresIn, condition),
    };
    const browser = openBrowser(new ServerSideSessionBackend({ store }));
    await browser.visit((request) => request.setSession({ a: 1 }));
    await expect(browser.visit((request) => request.setSession({ a: 2 }))).rejects.toThrow("kept changing");
  });
});

test("a store that answers later is asked once per request, however many callers wait", async () => {
  const { store, operations } = countingStore(new MemoryStore());
  const later: Store = { ...store, get: async (key) => store.get(key) };
  const browser = openBrowser(new ServerSideSessionBackend({ store: later }));
  await browser.visit((request) => request.setSession({ a: 1 }));
  operations.length = 0;
  const scope = httpScope(browser.cookies);
  const request = new Request(scope);
  new SessionMiddleware(new ServerSideSessionBackend({ store: later })).open(scope);
  const sessions = await Promise.all(Array.from({ length: 20 }, () => request.loadSession()));
  expect(new Set(sessions).size).toBe(1);
  expect(operations).toEqual(["get"]);
});
