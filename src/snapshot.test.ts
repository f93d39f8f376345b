import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClientSideSessionBackend } from "./backends/index.js";
import { httpScope } from "./browser.fixture.js";
import { defineSession } from "./definition.js";
import { SessionSerializationError } from "./errors.js";
import { changeSince, snapshotOf } from "./snapshot.js";
import type { SessionDict } from "./types.js";

const secret = "a secret of more than 32 characters";
const scope = httpScope(new Map());

const Item = z.object({ sku: z.string(), quantity: z.number() });
const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (value) => value.toISOString(),
});
const shape = { user: z.string().optional(), visits: z.number().default(0), cart: z.array(Item).default([]) };

const backends = {
  dict: new ClientSideSessionBackend({ secret }),
  "one form": new ClientSideSessionBackend({ secret, session: z.object(shape) }),
  "a codec": new ClientSideSessionBackend({ secret, session: z.object({ ...shape, since: date.optional() }) }),
  "a transform": new ClientSideSessionBackend({
    secret,
    session: z.object({ ...shape, user: z.string().trim().optional() }),
  }),
  "an encoder": new ClientSideSessionBackend({
    secret,
    session: defineSession({ schema: z.object(shape), encode: ({ user, ...rest }) => ({ ...rest, user }) }),
  }),
};

const stored = fc.record(
  {
    user: fc.string(),
    visits: fc.integer(),
    cart: fc.array(fc.record({ sku: fc.string(), quantity: fc.integer() }), { maxLength: 3 }),
    since: fc.constant("2026-01-01T00:00:00.000Z"),
    unknown: fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes("__proto__")),
  },
  { requiredKeys: [] },
);

const uses: readonly ((session: SessionDict) => void)[] = [
  () => {},
  (session) => (session["visits"] = session["visits"]),
  (session) => (session["visits"] = (session["visits"] ?? 0) + 1),
  (session) => (session["user"] = " somebody "),
  (session) => (session["extra"] = undefined),
  (session) => (session["more"] = { deep: [1] }),
  (session) => delete session["user"],
  (session) => delete session["unknown"],
  (session) => session["cart"]?.push({ sku: "a", quantity: 1 }),
  (session) => session["cart"]?.pop(),
  (session) => (session["cart"] = structuredClone(session["cart"])),
  (session) => (session["cart"]?.[0] ?? {}).quantity++,
];

describe.each(Object.entries(backends))("%s", (_, backend) => {
  const encode = (session: unknown) => backend.encodeSession(session, scope);

  test("a change is found as it is by comparing what would be stored", () => {
    fc.assert(
      fc.property(stored, fc.array(fc.constantFrom(...uses), { maxLength: 3 }), (data, used) => {
        const opened = backend.openStored({ text: JSON.stringify(data), version: 1 }, scope);
        if (opened === null) throw new Error("The session was refused");
        const { session, snapshot } = opened;
        const slow = snapshotOf(session, encode);
        for (const use of used) use(session);
        const change = changeSince(snapshot, session, encode);
        const expected = changeSince(slow, session, encode);
        expect(parsed(change)).toEqual(parsed(expected));
      }),
      { numRuns: 500 },
    );
  });
});

/** A change with its texts read, for the order of keys is no part of it; none where only that order differs. */
function parsed(change: ReturnType<typeof changeSince>): unknown {
  if (change === undefined) return undefined;
  const base: unknown = JSON.parse(change.base);
  const { mine } = change;
  return JSON.stringify(sorted(base)) === JSON.stringify(sorted(mine)) ? undefined : structuredClone({ base, mine });
}

function sorted(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sorted);
  if (typeof data !== "object" || data === null) return data;
  const members = Object.entries(data).map(([key, value]) => [key, sorted(value)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test("a session that was loaded with a date that nothing writes can be saved without it, and read with it", () => {
  const seen = z.string().transform((text) => new Date(text));
  const backend = new ClientSideSessionBackend({ secret, session: z.object({ seen: seen.optional(), a: z.number() }) });
  const encode = (session: unknown) => backend.encodeSession(session, scope);
  const text = JSON.stringify({ seen: "2026-01-01T00:00:00.000Z", a: 1 });
  const opened = backend.openStored({ text, version: 1 }, scope);
  if (opened === null) throw new Error("The session was refused");
  const { session, snapshot } = opened;
  expect(changeSince(snapshot, session, encode)).toBeUndefined();
  expect(() => changeSince(snapshot, { ...session, a: 2 }, encode)).toThrow(SessionSerializationError);
  expect(changeSince(snapshot, { a: 2 }, encode)).toEqual({ base: "{}", mine: { a: 2 } });
});

test("a session that can't be stored is no change until it is used otherwise", () => {
  const backend = backends.dict;
  const encode = (session: unknown) => backend.encodeSession(session, scope);
  const session: SessionDict = { at: new Date(0) };
  const snapshot = snapshotOf(session, encode);
  expect(changeSince(snapshot, session, encode)).toBeUndefined();
  session["more"] = 1;
  expect(() => changeSince(snapshot, session, encode)).toThrow(SessionSerializationError);
  delete session["at"];
  expect(changeSince(snapshot, session, encode)?.mine).toEqual({ more: 1 });
});
