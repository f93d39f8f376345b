import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openBrowser } from "../browser.fixture.js";
import { SessionConfigError } from "../errors.js";
import { FileStore, MemoryStore, withNamespace, type Store } from "../stores/index.js";
import { ServerSideSessionBackend } from "./index.js";

const AppSession = z.object({ userId: z.string().optional(), theme: z.string().default("light") });

const stores: Record<string, () => Promise<{ store: Store; close?: () => Promise<void> }>> = {
  MemoryStore: async () => ({ store: new MemoryStore() }),
  "a namespace": async () => ({ store: withNamespace(new MemoryStore(), "app:") }),
  FileStore: async () => {
    const folder = await mkdtemp(join(tmpdir(), "typed-session-users-"));
    return { store: new FileStore({ folder }), close: () => rm(folder, { recursive: true, force: true }) };
  },
};

describe.each(Object.entries(stores))("logOutEverywhere on %s", (_name, openStore) => {
  async function open() {
    const { store, close } = await openStore();
    const backend = new ServerSideSessionBackend({ store, session: AppSession, userId: ({ userId }) => userId });
    const visit = () => openBrowser(backend);
    const logIn = async (userId: string) => {
      const browser = visit();
      await browser.visit(({ session }) => (session.userId = userId));
      return browser;
    };
    const userOf = async (browser: Awaited<ReturnType<typeof logIn>>) =>
      (await browser.visit(({ session }) => session.userId)).result;
    return { store, backend, visit, logIn, userOf, close: close ?? (() => Promise.resolve()) };
  }

  test("ends all sessions of a user, and nobody else's", async () => {
    const { backend, visit, logIn, userOf, close } = await open();
    const mine = [await logIn("ada"), await logIn("ada"), await logIn("ada")];
    const other = await logIn("bob");
    const nobody = visit();
    await nobody.visit(({ session }) => (session.theme = "dark"));
    expect(await backend.logOutEverywhere("ada")).toBe(3);
    expect(await Promise.all(mine.map(userOf))).toEqual([undefined, undefined, undefined]);
    expect(await userOf(other)).toBe("bob");
    expect((await nobody.visit(({ session }) => session.theme)).result).toBe("dark");
    expect(await backend.logOutEverywhere("ada")).toBe(0);
    await close();
  });

  test("spares the session that asks", async () => {
    const { backend, logIn, userOf, close } = await open();
    const [here, there] = [await logIn("ada"), await logIn("ada")];
    await here.visit((request) => backend.logOutEverywhere("ada", { exceptId: request.getSessionId() }));
    expect([await userOf(here), await userOf(there)]).toEqual(["ada", undefined]);
    await close();
  });

  test("follows a session through new ids and changes, to another user, and to none", async () => {
    const { backend, logIn, userOf, close } = await open();
    const browser = await logIn("ada");
    await browser.visit((request) => {
      request.session.userId = "bob";
      request.regenerateSession();
    });
    expect(await backend.logOutEverywhere("ada")).toBe(0);
    expect(await userOf(browser)).toBe("bob");
    await browser.visit(({ session }) => (session.theme = "dark"));
    const unchanged = await logIn("bob");
    await unchanged.visit(({ session }) => delete session.userId);
    expect(await backend.logOutEverywhere("bob")).toBe(1);
    expect((await unchanged.visit(({ session }) => session)).result).toEqual({ theme: "light" });
    expect(await userOf(browser)).toBeUndefined();
    await close();
  });

  test("is not undone by a request that is under way", async () => {
    const { backend, logIn, userOf, close } = await open();
    const browser = await logIn("ada");
    const slow = openBrowser(backend, { cookies: browser.cookies });
    await slow.visit(async ({ session }) => {
      await backend.logOutEverywhere("ada");
      session.theme = "dark";
    });
    expect(await userOf(browser)).toBeUndefined();
    await close();
  });

  test("sees whose a session became by two overlapping requests", async () => {
    const { backend, visit, userOf, close } = await open();
    const browser = visit();
    await browser.visit(({ session }) => (session.theme = "dark"));
    await browser.visit(async ({ session }) => {
      await openBrowser(backend, { cookies: new Map(browser.cookies) }).visit((other) => {
        other.session.userId = "ada";
      });
      session.theme = "blue";
    });
    expect(await userOf(browser)).toBe("ada");
    expect(await backend.logOutEverywhere("ada")).toBe(1);
    expect(await userOf(browser)).toBeUndefined();
    await close();
  });
});

test("the store learns no user's id", async () => {
  const store = new MemoryStore();
  const written: unknown[] = [];
  const spy: Store = {
    ...withNamespace(store, ""),
    set: (...parameters) => {
      written.push({ ...parameters[3] });
      return store.set(...parameters);
    },
  };
  const backend = new ServerSideSessionBackend({ store: spy, userId: () => "ada@example.org" });
  await openBrowser(backend).visit((request) => request.setSession({ a: 1 }));
  expect(JSON.stringify(written)).toMatch(/"group":"[0-9a-f]{64}"/);
  expect(JSON.stringify(written)).not.toContain("ada");
});

describe("what can't work is refused", () => {
  const methods = { get: () => null, set: () => null, delete: () => true, renew: () => true };

  test("`userId` on a store that can't find sessions by user", () => {
    const store: Store = { ...methods, capabilities: { compareAndSet: "everywhere", groups: false } };
    const create = () => new ServerSideSessionBackend({ store, userId: () => "x" });
    expect(create).toThrow(SessionConfigError);
    expect(create).toThrow("`userId` is given, and the store can't find sessions by user");
  });

  test("`userId` that is no function", () => {
    const create = () =>
      new ServerSideSessionBackend(Object.assign({ store: new MemoryStore() }, JSON.parse('{ "userId": "userId" }')));
    expect(create).toThrow("`userId` is a string. Give a function");
  });

  test("logOutEverywhere without `userId`", async () => {
    const backend = new ServerSideSessionBackend({ store: new MemoryStore() });
    await expect(backend.logOutEverywhere("ada")).rejects.toThrow("`userId` is missing");
  });

  test("a store that does not declare what it can", () => {
    const create = () =>
      new ServerSideSessionBackend(Object.assign({}, { store: Object.assign({}, methods) }) as never);
    expect(create).toThrow("does not declare its capabilities");
  });
});
