import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openBrowser } from "./browser.fixture.js";
import * as v2 from "./index.js";
import * as v3 from "./v3.js";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const AppSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.string()).default([]),
  since: isoDate.optional(),
});
const appSession = v2.defineSession({ schema: AppSession });
const secret = "a secret of more than 32 characters";

/** An instance of an application: its backend, and how its code uses a session. */
interface Instance {
  logIn(cookies: Map<string, string>, userId: string): Promise<void>;
  add(cookies: Map<string, string>, item: string): Promise<void>;
  /** A key that no schema has. */
  note(cookies: Map<string, string>, note: string): Promise<void>;
  read(cookies: Map<string, string>): Promise<unknown>;
}

function typedInstance(backend: v2.BaseSessionBackend<z.infer<typeof AppSession>>): Instance {
  const visit = async <T>(cookies: Map<string, string>, work: (session: z.infer<typeof AppSession>) => T) =>
    (await openBrowser(backend, { cookies }).visit(({ session }) => work(session))).result;
  return {
    logIn: (cookies, userId) =>
      visit(cookies, (session) => void Object.assign(session, { userId, since: new Date(5) })),
    add: (cookies, item) => visit(cookies, ({ cart }) => void cart.push(item)),
    note: (cookies, note) => visit(cookies, (session) => void Object.assign(session, { note })),
    read: (cookies) => visit(cookies, ({ since, ...rest }) => ({ ...rest, since: since?.toISOString() })),
  };
}

function dictInstance(backend: v2.BaseSessionBackend<v2.SessionDict>): Instance {
  const visit = async <T>(cookies: Map<string, string>, work: (session: v2.SessionDict) => T) =>
    (await openBrowser(backend, { cookies }).visit(({ session }) => work(session))).result;
  return {
    logIn: (cookies, userId) =>
      visit(cookies, (session) => void Object.assign(session, { userId, since: new Date(5).toISOString() })),
    add: (cookies, item) => visit(cookies, (session) => void (session["cart"] = [...(session["cart"] ?? []), item])),
    note: (cookies, note) => visit(cookies, (session) => void (session["note"] = note)),
    read: (cookies) => visit(cookies, (session) => ({ ...session })),
  };
}

const stored = () => {
  const store = new v2.MemoryStore();
  return {
    "v2 without a type": dictInstance(new v2.ServerSideSessionBackend({ store })),
    "v2 with a type": typedInstance(new v2.ServerSideSessionBackend({ store, session: appSession })),
    v3: typedInstance(new v3.ServerSideSessionBackend({ store, session: appSession })),
  };
};
const inCookies = () => ({
  "v2 without a type": dictInstance(new v2.ClientSideSessionBackend({ secret })),
  "v2 with a type": typedInstance(new v2.ClientSideSessionBackend({ secret, session: appSession })),
  v3: typedInstance(new v3.ClientSideSessionBackend({ secret, session: appSession })),
});

describe.each([
  ["on a store", stored],
  ["in a cookie", inCookies],
])("two releases with sessions %s", (_where, open) => {
  test.each([
    ["v2 without a type", "v2 with a type"],
    ["v2 with a type", "v3"],
    ["v2 without a type", "v3"],
  ] as const)("%s and %s: side by side, and after a roll-back, all sessions are read and written", async (a, b) => {
    for (const [first, second] of [
      [a, b],
      [b, a],
    ] as const) {
      const { [first]: one, [second]: other } = open();
      const cookies = new Map<string, string>();
      await one.logIn(cookies, "ada");
      await other.add(cookies, "tea");
      await one.note(cookies, "fragile");
      await one.add(cookies, "cup");
      await other.note(cookies, "gift");
      const whole = { userId: "ada", cart: ["tea", "cup"], note: "gift", since: "1970-01-01T00:00:00.005Z" };
      expect(await one.read(cookies)).toEqual(whole);
      expect(await other.read(cookies)).toEqual(whole);
    }
  });
});
