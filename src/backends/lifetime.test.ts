import { describe, expect, test } from "vitest";
import { openBrowser } from "../browser.fixture.js";
import { MemoryStore } from "../stores/index.js";
import { ClientSideSessionBackend, ServerSideSessionBackend, type SessionBackendOptions } from "./index.js";

let now = 0;
const clock = () => now;
const second = 1000;

describe.each([
  [
    "ClientSideSessionBackend",
    (options: SessionBackendOptions) => new ClientSideSessionBackend({ clock, secret: "s".repeat(32), ...options }),
  ],
  [
    "ServerSideSessionBackend",
    (options: SessionBackendOptions) =>
      new ServerSideSessionBackend({ clock, store: new MemoryStore({ clock }), ...options }),
  ],
])("%s ends sessions", (_name, create) => {
  async function begin(options: SessionBackendOptions) {
    now = 0;
    const backend = create(options);
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ a: 1 }));
    const isAlive = async (cookies = browser.cookies) => {
      const { result, setCookies } = await openBrowser(backend, { cookies }).visit(({ session }) => session["a"] === 1);
      return { isAlive: result, isRenewed: setCookies.length > 0 };
    };
    return { browser, isAlive };
  }

  test("at the second of their idle timeout, not before", async () => {
    const { browser, isAlive } = await begin({ maxAge: 100 });
    const unused = new Map(browser.cookies);
    now = 100 * second - 1;
    expect((await isAlive(new Map(unused))).isAlive).toBe(true);
    const later = await begin({ maxAge: 100 });
    now = 100 * second;
    expect((await later.isAlive()).isAlive).toBe(false);
  });

  test("never while they are used, where there is no absolute timeout", async () => {
    const { isAlive } = await begin({ maxAge: 100 });
    for (now = 0; now < 10_000 * second; now += 49 * second) expect((await isAlive()).isAlive).toBe(true);
  });

  test("renewed by use in the second half of their time only", async () => {
    const { isAlive } = await begin({ maxAge: 100 });
    now = 50 * second;
    expect(await isAlive()).toEqual({ isAlive: true, isRenewed: false });
    now = 50 * second + 1;
    expect(await isAlive()).toEqual({ isAlive: true, isRenewed: true });
    expect(await isAlive()).toEqual({ isAlive: true, isRenewed: false });
  });

  test("at the second of their absolute timeout, however much they are used, changed or given new ids", async () => {
    const { browser, isAlive } = await begin({ maxAge: 100, absoluteTimeout: 250 });
    for (now = 0; now < 250 * second; now += 20 * second) {
      expect((await isAlive()).isAlive).toBe(true);
      await browser.visit((request) => {
        request.session["n"] = now;
        request.regenerateSession();
      });
    }
    now = 250 * second - 1;
    expect((await isAlive()).isAlive).toBe(true);
    now = 250 * second;
    expect((await isAlive()).isAlive).toBe(false);
  });

  test("by an absolute timeout that the application lowered since", async () => {
    const store = new MemoryStore({ clock });
    const both = (absoluteTimeout: number) =>
      _name === "ServerSideSessionBackend"
        ? new ServerSideSessionBackend({ clock, store, absoluteTimeout })
        : new ClientSideSessionBackend({ clock, secret: "s".repeat(32), absoluteTimeout });
    now = 0;
    const browser = openBrowser(both(1000));
    await browser.visit((request) => request.setSession({ a: 1 }));
    now = 100 * second;
    const lowered = openBrowser(both(100), { cookies: browser.cookies });
    expect((await lowered.visit(({ session }) => session)).result).toEqual({});
  });

  test("that are close to their absolute end are not renewed in vain, and their cookie ends with them", async () => {
    const { browser, isAlive } = await begin({ maxAge: 100, absoluteTimeout: 120 });
    now = 60 * second;
    expect(await isAlive()).toEqual({ isAlive: true, isRenewed: true });
    now = 110 * second;
    expect(await isAlive()).toEqual({ isAlive: true, isRenewed: false });
    const { setCookies } = await browser.visit(({ session }) => (session["b"] = 1));
    expect(setCookies.join()).toContain("Max-Age=10;");
  });

  test("and begin anew after a logout", async () => {
    const { browser, isAlive } = await begin({ maxAge: 100, absoluteTimeout: 120 });
    now = 90 * second;
    await browser.visit((request) => request.clearSession());
    await browser.visit((request) => request.setSession({ a: 1 }));
    now = 180 * second;
    expect((await isAlive()).isAlive).toBe(true);
  });

  test("that end while a request is under way stay ended", async () => {
    const { browser, isAlive } = await begin({ maxAge: 100, absoluteTimeout: 100 });
    now = 99 * second;
    const ended = await browser
      .visit((request) => {
        request.session["b"] = 2;
        now = 101 * second;
      })
      .then(
        ({ setCookies }) => setCookies,
        () => [],
      );
    expect(ended).toEqual([]);
    expect((await isAlive()).isAlive).toBe(false);
  });
});
