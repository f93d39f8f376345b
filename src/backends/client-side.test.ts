import { describe, expect, test } from "vitest";
import { openBrowser } from "../browser.fixture.js";
import { SessionConfigError, SessionTooLargeError } from "../errors.js";
import { MemoryStore } from "../stores/index.js";
import {
  ClientSideSessionBackend,
  createRevocationList,
  type ClientSideSessionOptions,
  type SessionEvent,
} from "./index.js";

const secret = "a secret of more than 32 characters";
const next = "another secret of more than 32 characters";
const create = (options: Partial<ClientSideSessionOptions> = {}) =>
  new ClientSideSessionBackend({ secret, ...options });

describe("a session that one cookie can't hold", () => {
  test("is kept in several, and in one again when it shrinks", async () => {
    const browser = openBrowser(create());
    const big = Array.from({ length: 700 }, (_, index) => `item ${index}`);
    await browser.visit((request) => request.setSession({ big }));
    expect([...browser.cookies.keys()]).toEqual(["session.0", "session.1", "session.2"]);
    const { result } = await browser.visit(({ session }) => session);
    expect(result).toEqual({ big });
    await browser.visit((request) => request.setSession({ small: 1 }));
    expect([...browser.cookies.keys()]).toEqual(["session"]);
    await browser.visit((request) => request.setSession({ big }));
    await browser.visit((request) => request.clearSession());
    expect(browser.cookies.size).toBe(0);
  });

  test("is an error that names the largest keys where it would take more than it may, and nothing is sent", async () => {
    const browser = openBrowser(create({ maxCookies: 1 }));
    await browser.visit((request) => request.setSession({ a: 1 }));
    const visit = browser.visit((request) => {
      request.session["small"] = "x";
      request.session["big"] = "x".repeat(5_000);
    });
    await expect(visit).rejects.toThrow(SessionTooLargeError);
    await expect(visit).rejects.toThrow(/may take 4096\. Its largest keys: big \(5002 bytes\), small/);
    expect((await browser.visit(({ session }) => session)).result).toEqual({ a: 1 });
  });

  test("is anonymous when a part is missing, changed, or of another session", async () => {
    const events: SessionEvent[] = [];
    const backend = create({ onEvent: (event) => events.push(event) });
    const fill = async (letter: string) => {
      const browser = openBrowser(backend);
      await browser.visit((request) => request.setSession({ big: letter.repeat(8_000) }));
      return browser.cookies;
    };
    const [mine, other] = [await fill("a"), await fill("b")];
    const [first = "", second = "", third = ""] = mine.values();
    const forgeries = [
      [first, second],
      [first, third, second],
      [second, first, third],
      [first, other.get("session.1") ?? "", third],
      [first, `${second.slice(0, 100)}${second[100] === "A" ? "B" : "A"}${second.slice(101)}`, third],
      [first.replace("3.", "2."), second, third],
      [first.replace("3.", "4."), second, third],
    ];
    for (const parts of forgeries) {
      const cookies = new Map(parts.map((part, index) => [`session.${index}`, part]));
      expect((await openBrowser(backend, { cookies }).visit(({ session }) => session)).result).toEqual({});
    }
    // Incomplete parts are no cookie at all; the others were refused.
    expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => "cookie-rejected"));
  });

  test("the newest counts where overlapping answers left one cookie and several", async () => {
    let now = 0;
    const backend = create({ clock: () => now });
    const few = openBrowser(backend);
    await few.visit((request) => request.setSession({ value: "small" }));
    now = 1000;
    const many = openBrowser(backend);
    await many.visit((request) => request.setSession({ value: "x".repeat(5_000) }));
    now = 2000;
    const last = openBrowser(backend);
    await last.visit((request) => request.setSession({ value: "last" }));
    const read = async (cookies: Map<string, string>) =>
      (await openBrowser(backend, { cookies }).visit(({ session }) => session["value"].length)).result;
    expect(await read(new Map([...few.cookies, ...many.cookies]))).toBe(5_000);
    expect(await read(new Map([...many.cookies, ...last.cookies]))).toBe(4);
    const both = openBrowser(backend, { cookies: new Map([...few.cookies, ...many.cookies]) });
    await both.visit((request) => request.setSession({ value: "one" }));
    expect([...both.cookies.keys()]).toEqual(["session"]);
  });
});

describe("rotation of secrets", () => {
  test("tells which old secret is still in use, until the next write seals with the new one", async () => {
    const seen: number[] = [];
    const cookies = new Map<string, string>();
    await openBrowser(create(), { cookies }).visit((request) => request.setSession({ a: 1 }));
    const ring = openBrowser(
      create({ secret: [next, "x".repeat(32), secret], onRotate: (index) => seen.push(index) }),
      {
        cookies,
      },
    );
    await ring.visit(({ session }) => session["a"]);
    await ring.visit(({ session }) => (session["b"] = 2));
    expect(seen).toEqual([2, 2]);
    await ring.visit(({ session }) => session["a"]);
    expect(seen).toEqual([2, 2]);
    const { result } = await openBrowser(create({ secret: next }), { cookies }).visit(({ session }) => session);
    expect(result).toEqual({ a: 1, b: 2 });
  });

  test("a session that is only read moves to the new secret with its renewal", async () => {
    let now = 0;
    const clock = () => now;
    const cookies = new Map<string, string>();
    await openBrowser(create({ clock, maxAge: 100 }), { cookies }).visit((request) => request.setSession({ a: 1 }));
    now = 60_000;
    await openBrowser(create({ clock, maxAge: 100, secret: [next, secret] }), { cookies }).visit(
      ({ session }) => session,
    );
    const { result } = await openBrowser(create({ clock, maxAge: 100, secret: next }), { cookies }).visit(
      ({ session }) => session,
    );
    expect(result).toEqual({ a: 1 });
  });
});

describe("revocation", () => {
  test("without it a copied cookie outlives the logout, with it not", async () => {
    const store = new MemoryStore();
    for (const [revocation, expected] of [
      [undefined, { a: 1 }],
      [createRevocationList(store), {}],
    ] as const) {
      const events: string[] = [];
      const backend = create({ onEvent: ({ type }) => events.push(type), ...(revocation && { revocation }) });
      const browser = openBrowser(backend);
      await browser.visit((request) => request.setSession({ a: 1 }));
      const copied = new Map(browser.cookies);
      await browser.visit((request) => request.clearSession());
      const thief = openBrowser(backend, { cookies: copied });
      expect((await thief.visit(({ session }) => session)).result).toEqual(expected);
      expect(events).toEqual(revocation === undefined ? [] : ["session-revoked"]);
    }
  });

  test("ends every copy of the session, however often it was sealed anew, and no other", async () => {
    const backend = create({ revocation: createRevocationList(new MemoryStore()) });
    const browser = openBrowser(backend);
    const other = openBrowser(backend);
    await other.visit((request) => request.setSession({ b: 1 }));
    await browser.visit((request) => request.setSession({ a: 1 }));
    const early = new Map(browser.cookies);
    await browser.visit(({ session }) => (session["a"] = 2));
    await browser.visit((request) => request.clearSession());
    expect((await openBrowser(backend, { cookies: early }).visit(({ session }) => session)).result).toEqual({});
    expect((await other.visit(({ session }) => session)).result).toEqual({ b: 1 });
  });

  test("a new id ends the copies of the old one, and keeps the data", async () => {
    const backend = create({ revocation: createRevocationList(new MemoryStore()) });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ a: 1 }));
    const copied = new Map(browser.cookies);
    await browser.visit((request) => request.regenerateSession());
    expect((await browser.visit(({ session }) => session)).result).toEqual({ a: 1 });
    expect((await openBrowser(backend, { cookies: copied }).visit(({ session }) => session)).result).toEqual({});
  });

  test("outlasts a renewal by a request that was under way", async () => {
    let now = 0;
    const clock = () => now;
    const revocation = createRevocationList(new MemoryStore({ clock }), clock);
    const backend = create({ clock, maxAge: 100, revocation });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ a: 1 }));
    now = 90_000;
    const slow = openBrowser(backend, { cookies: new Map(browser.cookies) });
    await slow.visit(async ({ session }) => {
      await browser.visit((request) => request.clearSession());
      now = 95_000;
      return session;
    });
    now = 194_000;
    expect((await slow.visit(({ session }) => session)).result).toEqual({});
  });

  test("the application may decide by the data and the beginning of a session", async () => {
    const loggedOutBefore = new Map([["ada", 5_000]]);
    let now = 0;
    const backend = create({
      clock: () => now,
      revocation: { isRevoked: ({ data, issuedAt }) => issuedAt < (loggedOutBefore.get(data["userId"]) ?? 0) },
    });
    const [ada, bob] = [openBrowser(backend), openBrowser(backend)];
    await ada.visit((request) => request.setSession({ userId: "ada" }));
    await bob.visit((request) => request.setSession({ userId: "bob" }));
    now = 10_000;
    const [first, second] = [await ada.visit(({ session }) => session), await bob.visit(({ session }) => session)];
    expect([first.result, second.result]).toEqual([{}, { userId: "bob" }]);
    await ada.visit((request) => request.setSession({ userId: "ada" }));
    expect((await ada.visit(({ session }) => session)).result).toEqual({ userId: "ada" });
  });

  test("that can't answer is an error, neither a yes nor a no", async () => {
    const revocation = { isRevoked: () => Promise.reject(new Error("no connection")) };
    const browser = openBrowser(create({ revocation }));
    await browser.visit((request) => request.setSession({ a: 1 }));
    await expect(browser.visit(({ session }) => session)).rejects.toThrow("no connection");
  });
});

test.each([
  ["maxCookies", "is 0", { maxCookies: 0 }],
  ["maxCookies", "is 51", { maxCookies: 51 }],
  ["maxCookies", "is 1.5", { maxCookies: 1.5 }],
  ["maxCookies", "is a string", { maxCookies: "3" }],
  ["revocation", "is a function without the method isRevoked", { revocation: () => false }],
  ["revocation", "is null without the method isRevoked", { revocation: null }],
])("the option %s %s: refused", (option, problem, options) => {
  const make = () => new ClientSideSessionBackend(Object.assign({ secret }, options as object));
  expect(make).toThrow(SessionConfigError);
  expect(make).toThrow(`\`${option}\` ${problem}`);
});
