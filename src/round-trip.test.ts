import { type } from "arktype";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClientSideSessionBackend, ServerSideSessionBackend, type BaseSessionBackend } from "./backends/index.js";
import { openBrowser } from "./browser.fixture.js";
import { campaignSize } from "./campaign.fixture.js";
import { defineSession, type SessionDefinition } from "./definition.js";
import { SessionSerializationError } from "./errors.js";
import type { Layer } from "./scope.js";
import { typeEncoder } from "./serialization.js";
import { MemoryStore } from "./stores/index.js";

class Money {
  constructor(
    readonly cents: number,
    readonly currency: string,
  ) {}

  static parse(text: string): Money {
    const [cents, currency = ""] = text.split(" ");
    return new Money(Number(cents), currency);
  }

  toString(): string {
    return `${this.cents} ${this.currency}`;
  }
}

/** What JSON can't hold, in one session. */
interface RichSession {
  since: Date;
  prices: Map<string, number>;
  tags: Set<string>;
  visits: bigint;
  home: URL;
  credit: Money;
}

const entries = { string: z.string(), pair: z.tuple([z.string(), z.number()]) };

const zodSession = defineSession({
  schema: z.object({
    since: z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    }),
    prices: z.codec(z.array(entries.pair), z.map(entries.string, z.number()), {
      decode: (pairs) => new Map(pairs),
      encode: (map) => [...map],
    }),
    tags: z.codec(z.array(entries.string), z.set(entries.string), {
      decode: (list) => new Set(list),
      encode: (set) => [...set],
    }),
    visits: z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String }),
    home: z.codec(z.string(), z.instanceof(URL), { decode: (text) => new URL(text), encode: ({ href }) => href }),
    credit: z.codec(z.string(), z.instanceof(Money), { decode: Money.parse, encode: String }),
  }),
});

/** The stored form, for schema libraries that describe only the way in. */
const encode = ({ since, prices, tags, visits, home, credit }: RichSession) => ({
  since: since.toISOString(),
  prices: [...prices],
  tags: [...tags],
  visits: String(visits),
  home: home.href,
  credit: String(credit),
});

const valibotEntries = {
  since: v.pipe(
    v.string(),
    v.transform((text) => new Date(text)),
  ),
  prices: v.pipe(
    v.array(v.tuple([v.string(), v.number()])),
    v.transform((pairs) => new Map(pairs)),
  ),
  tags: v.pipe(
    v.array(v.string()),
    v.transform((list) => new Set(list)),
  ),
  home: v.pipe(
    v.string(),
    v.transform((text) => new URL(text)),
  ),
  credit: v.pipe(v.string(), v.transform(Money.parse)),
};

const valibotSession = defineSession({
  schema: v.object({
    ...valibotEntries,
    visits: v.pipe(
      v.string(),
      v.transform((text) => BigInt(text)),
    ),
  }),
  encode,
});

const arktypeSession = defineSession({
  schema: type({
    since: type("string").pipe((text) => new Date(text)),
    prices: type(["string", "number"])
      .array()
      .pipe((pairs) => new Map(pairs)),
    tags: type("string[]").pipe((list) => new Set(list)),
    visits: type("string").pipe((text) => BigInt(text)),
    home: type("string").pipe((text) => new URL(text)),
    credit: type("string").pipe(Money.parse),
  }),
  encode,
});

const definitions: [string, SessionDefinition<RichSession | null>][] = [
  ["zod codecs", zodSession],
  ["valibot and `encode`", valibotSession],
  ["arktype and `encode`", arktypeSession],
];

const richSession: fc.Arbitrary<RichSession> = fc.record({
  since: fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }),
  prices: fc.array(fc.tuple(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }))).map(
    // JSON knows no -0.
    (pairs) => new Map(pairs.map(([name, price]) => [name, price + 0])),
  ),
  tags: fc.array(fc.string({ unit: "grapheme" })).map((list) => new Set(list)),
  visits: fc.bigInt(),
  home: fc.webUrl().map((text) => new URL(text)),
  credit: fc.tuple(fc.integer(), fc.constantFrom("EUR", "JPY")).map(([cents, currency]) => new Money(cents, currency)),
});

const backends: [string, (session: SessionDefinition<RichSession | null>) => BaseSessionBackend<RichSession | null>][] =
  [
    ["a cookie", (session) => new ClientSideSessionBackend({ secret: "s".repeat(32), session, maxCookies: 50 })],
    ["a store", (session) => new ServerSideSessionBackend({ store: new MemoryStore(), session })],
  ];

describe.each(definitions)("with %s", (_library, definition) => {
  test.each(backends)(
    "what JSON can't hold comes back from %s as it was, and unchanged costs no write",
    async (_name, create) => {
      const backend = create(definition);
      await fc.assert(
        fc.asyncProperty(richSession, async (session) => {
          const browser = openBrowser(backend);
          await browser.visit((request) => request.setSession(session));
          const { result, setCookies } = await browser.visit((request) => request.session);
          expect(result).toEqual(session);
          expect(result?.credit).toBeInstanceOf(Money);
          expect(setCookies).toEqual([]);
        }),
        { numRuns: campaignSize(30, 2_000) },
      );
    },
  );

  test("a change inside a Map, a Set or a Date is seen and saved", async () => {
    const browser = openBrowser(new ServerSideSessionBackend({ store: new MemoryStore(), session: definition }));
    await browser.visit((request) => {
      request.session = {
        since: new Date(0),
        prices: new Map(),
        tags: new Set(),
        visits: 1n,
        home: new URL("https://a.example"),
        credit: new Money(1, "EUR"),
      };
    });
    await browser.visit(({ session }) => {
      session?.prices.set("tea", 2);
      session?.tags.add("new");
      session?.since.setTime(5);
    });
    const { result } = await browser.visit(({ session }) => session);
    expect([result?.prices, result?.tags, result?.since]).toEqual([
      new Map([["tea", 2]]),
      new Set(["new"]),
      new Date(5),
    ]);
  });
});

test("type encoders write what a schema without a way back reads", async () => {
  const layer: Layer = {
    typeEncoders: [
      typeEncoder(Date, (date) => date.toISOString()),
      typeEncoder(Map, (map) => [...map]),
      typeEncoder(Set, (set) => [...set]),
      typeEncoder(URL, ({ href }) => href),
      typeEncoder(Money, String),
    ],
  };
  const session = defineSession({ schema: v.object(valibotEntries) });
  const backend = new ServerSideSessionBackend({ store: new MemoryStore(), session });
  await fc.assert(
    fc.asyncProperty(richSession, async ({ visits: _notAnObject, ...rich }) => {
      const browser = openBrowser(backend, { layer });
      await browser.visit((request) => request.setSession(rich));
      expect((await browser.visit((request) => request.session)).result).toEqual(rich);
    }),
    { numRuns: campaignSize(30, 2_000) },
  );
});

test.each([
  ["Date", new Date(0)],
  ["Map", new Map()],
  ["Set", new Set()],
  ["bigint", 1n],
  ["URL", new URL("https://a.example")],
  ["Money", new Money(1, "EUR")],
  ["function", () => 1],
  ["symbol", Symbol("s")],
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
])("without a codec, a %s is an error that names its path, and nothing is saved", async (_kind, value) => {
  const store = new MemoryStore();
  const visit = openBrowser(new ServerSideSessionBackend({ store })).visit((request) => {
    request.session["cart"] = [{ added: value }];
  });
  await expect(visit).rejects.toThrow(SessionSerializationError);
  await expect(visit).rejects.toMatchObject({ path: "cart[0].added" });
  expect(store.size).toBe(0);
});
