import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import { afterAll, describe, expect, test } from "vitest";
import { openBrowser, type Browser } from "../browser.fixture.js";
import { SessionConfigError, SessionStoreError } from "../errors.js";
import { overlapOn } from "../overlap.fixture.js";
import { closedGate, settled, type Gate } from "../stores/gate.fixture.js";
import { fromExpressSessionStore, fromUnstorage, type ExpressSessionStore, type Store } from "../stores/index.js";
import type { SessionDict } from "../types.js";
import { ServerSideSessionBackend } from "./index.js";

/** A store for express-session, in memory, whose writes wait at a gate. */
function gatedStore(gate: () => Gate | undefined): ExpressSessionStore {
  const sessions = new Map<string, object>();
  return {
    get: (sid, callback) => callback(null, sessions.get(sid)),
    set: async (sid, session, callback) => {
      await gate()?.passed;
      sessions.set(sid, session);
      callback();
    },
    destroy: (sid, callback) => {
      sessions.delete(sid);
      callback();
    },
  };
}

const folder = await mkdtemp(join(tmpdir(), "typed-session-bridged-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const bridges: Record<string, () => Store> = {
  "a bridge to a store of express-session": () => fromExpressSessionStore(gatedStore(() => undefined)),
  "a bridge to a storage of unstorage": () => fromUnstorage(createStorage()),
  "a bridge to unstorage's fs driver": () => fromUnstorage(fsDriver({ base: folder })),
};

describe.each(Object.entries(bridges))("ServerSideSessionBackend on %s", (_name, openBridge) => {
  test("two overlapping writes of different keys both win", async () => {
    const { session } = await overlapOn(
      openBridge(),
      { user: "u" },
      (request) => (request.session["first"] = 1),
      (request) => (request.session["second"] = 2),
    );
    expect(session).toEqual({ user: "u", first: 1, second: 2 });
  });

  test("many requests at once lose nothing", async () => {
    const browser = openBrowser(new ServerSideSessionBackend({ store: openBridge() }));
    await browser.visit((request) => request.setSession({ user: "u" }));
    const names = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    await Promise.all(names.map((name) => browser.visit(({ session }) => (session[name] = name))));
    const { result } = await browser.visit((request) => request.session);
    expect(result).toEqual({ user: "u", ...Object.fromEntries(names.map((name) => [name, name])) });
  });

  test("a slow request can't bring a logged-out session back", async () => {
    const { session, events, browser } = await overlapOn(
      openBridge(),
      { user: "u" },
      (request) => request.clearSession(),
      (request) => (request.session["slow"] = true),
    );
    expect(session).toEqual({});
    expect(browser.cookies.size).toBe(0);
    expect(events).toContainEqual({ type: "session-gone" });
  });

  test("a new id keeps the data, and the old one is dead", async () => {
    const backend = new ServerSideSessionBackend({ store: openBridge() });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ user: "u" }));
    const cookies = new Map(browser.cookies);
    await browser.visit((request) => request.regenerateSession());
    expect((await browser.visit((request) => request.session)).result).toEqual({ user: "u" });
    expect((await openBrowser(backend, { cookies }).visit((request) => request.session)).result).toEqual({});
  });
});

describe("ServerSideSessionBackend on a bridge to a slow store", () => {
  let gate: Gate | undefined;
  async function logIn(): Promise<Browser<SessionDict>> {
    gate = undefined;
    const store = fromExpressSessionStore(gatedStore(() => gate));
    const browser = openBrowser(new ServerSideSessionBackend({ store }));
    await browser.visit((request) => request.setSession({ user: "u" }));
    return browser;
  }

  test("a logout beside a write that the store has begun is not undone by it", async () => {
    const browser = await logIn();
    const thief = new Map(browser.cookies);
    gate = closedGate();
    const writing = browser.visit(async (request) => {
      await request.loadSession();
      request.session["slow"] = true;
    });
    await settled();
    const logout = browser.visit(async (request) => {
      request.clearSession();
    });
    await settled();
    gate.open();
    await Promise.all([writing, logout]);
    for (const [name, value] of thief) browser.cookies.set(name, value);
    expect((await browser.visit((request) => request.session)).result).toEqual({});
  });
});

test("a broken store is an error on every page, never an anonymous session", async () => {
  const inner = gatedStore(() => undefined);
  const browser = openBrowser(new ServerSideSessionBackend({ store: fromExpressSessionStore(inner) }));
  await browser.visit((request) => request.setSession({ user: "u" }));
  inner.get = (_sid, callback) => callback(new Error("The store is down"));
  await expect(browser.visit((request) => request.session)).rejects.toThrow(SessionStoreError);
});

test("logging users out everywhere is refused at the start: bridges can't find sessions by their user", () => {
  const store = fromUnstorage(createStorage());
  const options = { store, userId: (session: SessionDict) => session["user"] };
  expect(() => new ServerSideSessionBackend(options)).toThrow(SessionConfigError);
});
