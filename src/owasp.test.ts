// The OWASP Session Management Cheat Sheet, point by point, in its order: what it asks of a server, as tests.
// https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html
import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { parseSetCookie } from "cookie";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  ClientSideSessionBackend,
  createRevocationList,
  ServerSideSessionBackend,
  type BaseSessionBackend,
  type SessionBackendOptions,
} from "./backends/index.js";
import { openBrowser } from "./browser.fixture.js";
import { campaignSize } from "./campaign.fixture.js";
import { SessionConfigError } from "./errors.js";
import { SessionMiddleware } from "./middleware.js";
import { Request } from "./request.js";
import { MemoryStore, withNamespace, type Store } from "./stores/index.js";

const secret = "a secret of more than 32 characters";

/** A store that notes what it is asked for. */
function notingStore(inner: Store = new MemoryStore()): { store: Store; keys: string[]; values: string[] } {
  const keys: string[] = [];
  const values: string[] = [];
  const store: Store = {
    ...withNamespace(inner, ""),
    get: (key) => {
      keys.push(key);
      return inner.get(key);
    },
    set: (key, value, expiresIn, options) => {
      keys.push(key);
      values.push(value);
      return inner.set(key, value, expiresIn, options);
    },
  };
  return { store, keys, values };
}

async function logIn(backend: BaseSessionBackend) {
  const browser = openBrowser(backend);
  const { setCookies } = await browser.visit((request) => request.setSession({ userId: "ada" }));
  const isIn = async (cookies: ReadonlyMap<string, string> = browser.cookies) =>
    (await openBrowser(backend, { cookies: new Map(cookies) }).visit(({ session }) => session["userId"] === "ada"))
      .result;
  return { browser, cookie: parseSetCookie(setCookies[0] ?? ""), isIn };
}

describe("Session ID properties", () => {
  test("its name says nothing of the framework", async () => {
    const { cookie } = await logIn(new ServerSideSessionBackend({ store: new MemoryStore() }));
    expect(cookie.name).toBe("session");
  });

  test("it has 256 bits, more than the 128 asked for, and no two are the same", async () => {
    const ids = new Set<string>();
    const backend = new ServerSideSessionBackend({ store: new MemoryStore({ maxEntries: 10 }) });
    const count = campaignSize(5_000, 1_000_000);
    for (let index = 0; index < count; index += 1) {
      const browser = openBrowser(backend);
      await browser.visit((request) => request.setSession({ index }));
      ids.add(browser.cookies.get("session") ?? "");
    }
    expect(ids.size).toBe(count);
    for (const id of ids) if (Buffer.from(id, "base64url").length !== 32) expect.unreachable(id);
  });

  test("it is meaningless: the same login gives another one, and no part of it is data", async () => {
    const backend = new ServerSideSessionBackend({ store: new MemoryStore() });
    const [first, second] = [await logIn(backend), await logIn(backend)];
    expect(first.cookie.value).not.toBe(second.cookie.value);
    expect(Buffer.from(first.cookie.value ?? "", "base64url").toString("latin1")).not.toContain("ada");
  });

  test("data in a cookie is encrypted, and the same data never looks the same", async () => {
    const backend = new ClientSideSessionBackend({ secret });
    const [first, second] = [await logIn(backend), await logIn(backend)];
    expect(first.cookie.value).not.toBe(second.cookie.value);
    expect(Buffer.from(first.cookie.value ?? "", "base64url").toString("latin1")).not.toContain("ada");
  });
});

describe("Session management implementation", () => {
  test("ids are taken from the cookie only: not from the URL, not from other headers", async () => {
    const { store, keys } = notingStore();
    const backend = new ServerSideSessionBackend({ store });
    const { cookie } = await logIn(backend);
    keys.length = 0;
    const scope = {
      type: "http" as const,
      method: "GET",
      path: `/;session=${cookie.value}?session=${cookie.value}`,
      headers: {
        authorization: `Bearer ${cookie.value}`,
        "x-session": cookie.value,
        cookie2: `session=${cookie.value}`,
      },
    };
    const { result } = await new SessionMiddleware(backend).handle(scope, () => new Request(scope).session);
    expect([result, keys]).toEqual([{}, []]);
  });

  test("it is strict: ids that it did not make are refused and never adopted, even where they have the form", async () => {
    const { store } = notingStore();
    const backend = new ServerSideSessionBackend({ store });
    const planted = "A".repeat(43);
    const victim = openBrowser(backend, { cookies: new Map([["session", planted]]) });
    await victim.visit((request) => request.setSession({ userId: "ada" }));
    expect(victim.cookies.get("session")).not.toBe(planted);
    const attacker = openBrowser(backend, { cookies: new Map([["session", planted]]) });
    expect((await attacker.visit(({ session }) => session)).result).toEqual({});
  });

  test("ids are input: what has not their form never reaches the store", async () => {
    const { store, keys } = notingStore();
    const backend = new ServerSideSessionBackend({ store });
    for (const id of ["../../etc/passwd", "' OR 1=1 --", "a\u0000b", "x".repeat(5_000), "*", "$ne", "<script>"]) {
      await openBrowser(backend, { cookies: new Map([["session", encodeURIComponent(id)]]) }).visit((r) => r.session);
    }
    expect(keys).toEqual([]);
  });

  test("the id is renewed after any change of rights: the old one is dead at once, and the data stays", async () => {
    const backend = new ServerSideSessionBackend({ store: new MemoryStore() });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ cart: ["tea"] }));
    const before = new Map(browser.cookies);
    await browser.visit((request) => {
      request.regenerateSession();
      request.session["userId"] = "ada";
    });
    expect((await browser.visit(({ session }) => session)).result).toEqual({ cart: ["tea"], userId: "ada" });
    expect((await openBrowser(backend, { cookies: before }).visit(({ session }) => session)).result).toEqual({});
  });

  test("the store holds a digest of the id: who reads the store can take over no session", async () => {
    const { store, keys, values } = notingStore();
    const { cookie } = await logIn(new ServerSideSessionBackend({ store }));
    expect(keys).toEqual([
      createHash("sha256")
        .update(cookie.value ?? "")
        .digest("hex"),
    ]);
    expect(values.join()).not.toContain(cookie.value);
  });
});

describe.each<[string, (options?: SessionBackendOptions) => BaseSessionBackend]>([
  ["ClientSideSessionBackend", (options) => new ClientSideSessionBackend({ secret, ...options })],
  ["ServerSideSessionBackend", (options) => new ServerSideSessionBackend({ store: new MemoryStore(), ...options })],
])("Cookies, expiration and caching: %s", (_name, create) => {
  test("the cookie is Secure, HttpOnly, SameSite, for this host only, and ends", async () => {
    const { cookie } = await logIn(create());
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: "lax", path: "/", maxAge: 14 * 24 * 3600 });
    expect(cookie.domain).toBeUndefined();
  });

  test("a name with __Host- keeps its rules, or is refused at configuration", async () => {
    const { cookie } = await logIn(create({ key: "__Host-id" }));
    expect(cookie).toMatchObject({ name: "__Host-id", secure: true, path: "/" });
    for (const options of [{ secure: false }, { path: "/app" }, { domain: "example.com" }]) {
      expect(() => create({ key: "__Host-id", ...options })).toThrow(SessionConfigError);
    }
  });

  test("a partitioned cookie says so, when it is set and when it goes", async () => {
    const { browser, cookie } = await logIn(create({ partitioned: true }));
    const { setCookies } = await browser.visit((request) => request.clearSession());
    expect([cookie.partitioned, parseSetCookie(setCookies[0] ?? "").partitioned]).toEqual([true, true]);
  });

  test("sessions end on the server: idle ones, and in the end all", async () => {
    let now = 0;
    const { isIn, browser } = await logIn(create({ clock: () => now, maxAge: 1_200, absoluteTimeout: 7_200 }));
    const stolen = new Map(browser.cookies);
    for (now = 0; now < 7_200_000; now += 700_000) {
      expect((await browser.visit(({ session }) => session["userId"])).result).toBe("ada");
    }
    now = 7_200_000;
    expect([await isIn(), await isIn(stolen)]).toEqual([false, false]);
  });

  test("a logout takes the cookie back with the attributes that it was set with", async () => {
    const { browser } = await logIn(create({ path: "/app", domain: "example.com" }));
    const { setCookies } = await browser.visit((request) => request.clearSession());
    const { path, domain, maxAge } = parseSetCookie(setCookies[0] ?? "");
    expect([path, domain, maxAge]).toEqual(["/app", "example.com", 0]);
  });

  test("what sets a session is kept by no shared cache, and what does not touch one sets nothing", async () => {
    const browser = openBrowser(create());
    const { headers } = await browser.visit((request) => request.setSession({ a: 1 }));
    expect(headers.map(([name]) => name)).toEqual(["Set-Cookie", "Cache-Control", "Vary"]);
    expect((await browser.visit(() => "untouched")).headers).toEqual([]);
  });

  test("two cookies of one name are never mixed: the first counts", async () => {
    const backend = create();
    const [first, second] = [await logIn(backend), openBrowser(backend)];
    await second.visit((request) => request.setSession({ userId: "bob" }));
    const scope = {
      type: "http" as const,
      method: "GET",
      path: "/",
      headers: { cookie: `session=${first.cookie.value}; session=${second.cookies.get("session")}` },
    };
    const { result } = await new SessionMiddleware(backend).handle(scope, () => new Request(scope).session);
    expect(result).toEqual({ userId: "ada" });
  });
});

describe("Logout", () => {
  test("kills a stored session: a copied cookie is worth nothing", async () => {
    const { browser, isIn } = await logIn(new ServerSideSessionBackend({ store: new MemoryStore() }));
    const copied = new Map(browser.cookies);
    await browser.visit((request) => request.clearSession());
    expect(await isIn(copied)).toBe(false);
  });

  test("kills a session in a cookie where it can be revoked", async () => {
    const revocation = createRevocationList(new MemoryStore());
    const { browser, isIn } = await logIn(new ClientSideSessionBackend({ secret, revocation }));
    const copied = new Map(browser.cookies);
    await browser.visit((request) => request.clearSession());
    expect(await isIn(copied)).toBe(false);
  });

  test("is possible everywhere at once, such as after a change of password", async () => {
    const backend = new ServerSideSessionBackend({ store: new MemoryStore(), userId: ({ userId }) => userId });
    const [here, there] = [await logIn(backend), await logIn(backend)];
    await backend.logOutEverywhere("ada");
    expect([await here.isIn(), await there.isIn()]).toEqual([false, false]);
  });
});

describe("What an attacker may try besides", () => {
  test("keys that reach prototypes do not", async () => {
    const store = new MemoryStore();
    const backend = new ServerSideSessionBackend({ store });
    const { browser, isIn } = await logIn(backend);
    const key = createHash("sha256")
      .update(browser.cookies.get("session") ?? "")
      .digest("hex");
    const record = store.get(key)?.value ?? "";
    const polluted = '{"userId":"ada","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}';
    store.set(key, record.replace(/\{"userId".*/, polluted), 60);
    expect(await isIn()).toBe(true);
    const { result } = await browser.visit(({ session }) => [Object.keys(session), Object.getPrototypeOf(session)]);
    expect(result).toEqual([["userId", "constructor"], Object.prototype]);
    expect(Reflect.get({}, "admin")).toBeUndefined();
  });

  test("attributes can't be injected through the configuration", () => {
    for (const options of [{ key: "a\r\nSet-Cookie: b=c" }, { path: "/; Domain=evil.example" }, { domain: "a;b" }]) {
      expect(() => new ServerSideSessionBackend({ store: new MemoryStore(), ...options })).toThrow(SessionConfigError);
    }
  });

  test("secrets and ids stand in no error, and are not shown when a backend is logged", async () => {
    const backend = new ClientSideSessionBackend({ secret: [secret, "another secret of more than 32 chars"] });
    expect(inspect(backend, { depth: 10, showHidden: true })).not.toMatch(/secret of more/);
    expect(() => new ClientSideSessionBackend({ secret: "hunter2" })).toThrow(/^(?!.*hunter2)/s);
    const failing: Store = { ...notingStore().store, get: () => Promise.reject(new Error("no connection")) };
    const { cookie } = await logIn(new ServerSideSessionBackend({ store: new MemoryStore() }));
    const cookies = new Map([["session", cookie.value ?? ""]]);
    const visit = openBrowser(new ServerSideSessionBackend({ store: failing }), { cookies }).visit((r) => r.session);
    const error: unknown = await visit.catch((reason: unknown) => reason);
    expect(inspect(error)).toContain("no connection");
    expect(inspect(error)).not.toContain(cookie.value);
  });

  test("data of another form is refused, and its values stand in no message", async () => {
    const store = new MemoryStore();
    const browser = openBrowser(new ServerSideSessionBackend({ store }));
    await browser.visit((request) => request.setSession({ age: "a private text" }));
    const messages: string[] = [];
    const typed = new ServerSideSessionBackend({
      store,
      session: z.object({ age: z.number().optional() }),
      onEvent: (event) => messages.push("error" in event ? event.error.message : event.type),
    });
    const { result } = await openBrowser(typed, { cookies: browser.cookies }).visit(({ session }) => session);
    expect(result).toEqual({});
    expect(messages.join()).toMatch(/age/);
    expect(messages.join()).not.toContain("private");
  });
});
