import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { encoderOf, hasOneForm } from "./zod-schema.js";

const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (value) => value.toISOString(),
});

interface Category {
  readonly name: string;
  readonly parts: readonly Category[];
}
const Category: z.ZodType<Category> = z.object({
  name: z.string(),
  get parts() {
    return z.array(Category);
  },
});

const oneForm = {
  "strings with formats": z.object({ id: z.uuid(), mail: z.email().optional(), at: z.iso.datetime() }),
  numbers: z.object({ count: z.number().int().positive().default(0), ratio: z.number().nullable() }),
  nested: z.object({ cart: z.array(z.object({ sku: z.string(), tags: z.tuple([z.string()], z.number()) })) }),
  unions: z.union([z.object({ kind: z.literal("a") }), z.object({ kind: z.enum(["b", "c"]) })]),
  "discriminated unions": z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") })]),
  records: z.object({ by: z.record(z.string(), z.boolean()), any: z.unknown() }),
  intersections: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
  refined: z.object({ a: z.string() }).refine(({ a }) => a !== ""),
  strict: z.strictObject({ a: z.string() }),
  loose: z.looseObject({ a: z.string() }),
  catchall: z.object({}).catchall(z.number()),
  lazy: z.object({ a: z.lazy(() => z.string()) }),
  recursive: Category,
};

const twoForms = {
  "a codec": z.object({ since: date }),
  "a codec in an array": z.object({ seen: z.array(z.object({ at: date.optional() })) }),
  "a codec in a union": z.union([z.object({ a: z.string() }), z.object({ a: date })]),
  "a codec in a tuple's rest": z.object({ a: z.tuple([z.string()], date) }),
  "a codec in a record": z.object({ a: z.record(z.string(), date) }),
  "a codec behind a getter": z.object({ a: z.lazy(() => date) }),
  "a codec in a catchall": z.object({}).catchall(date),
  "a codec in an intersection": z.intersection(z.object({ a: z.string() }), z.object({ b: date })),
  "a codec with a default": z.object({ a: date.default(() => new Date(0)) }),
  "a transform": z.object({ a: z.string().transform(Number) }),
  preprocessing: z.preprocess((raw) => raw, z.object({})),
  "a changed text": z.object({ a: z.string().trim() }),
  coercion: z.object({ a: z.coerce.number() }),
  "a caught error": z.object({ a: z.string().catch("") }),
  "a date": z.object({ a: z.date() }),
  "a frozen object": z.object({ a: z.object({}).readonly() }),
  "something of one's own": z.object({ a: z.custom<string>() }),
  "no schema": { "~standard": { vendor: "zod" } },
};

describe("hasOneForm", () => {
  test.each(Object.entries(oneForm))("%s: yes", (_, schema) => expect(hasOneForm(schema)).toBe(true));
  test.each(Object.entries(twoForms))("%s: no", (_, schema) => expect(hasOneForm(schema)).toBe(false));
});

/** Sessions that fit the schema. */
const sessions: Partial<Record<keyof typeof oneForm, fc.Arbitrary<object>>> = {
  numbers: fc.record({ count: fc.integer({ min: 1, max: 1000 }), ratio: fc.option(fc.integer()) }),
  nested: fc.record({ cart: fc.array(fc.record({ sku: fc.string(), tags: fc.tuple(fc.string(), fc.integer()) })) }),
  unions: fc.record({ kind: fc.constantFrom("a", "b", "c") }),
  records: fc.record({ by: fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.boolean()), any: fc.jsonValue() }),
  intersections: fc.record({ a: fc.string(), b: fc.string() }),
  loose: fc.record({ a: fc.string(), b: fc.integer() }),
  strict: fc.record({ a: fc.string() }),
};

test.each(Object.entries(sessions))("%s: encoding a session gives the session", (name, arbitrary) => {
  const schema = Object.entries(oneForm).find(([key]) => key === name)?.[1];
  if (schema === undefined) throw new Error(`No schema is called ${name}`);
  fc.assert(
    fc.property(arbitrary, (session) => {
      expect(schema.safeParse(session).data).toEqual(session);
      expect(encoderOf(schema)(session)).toEqual(session);
    }),
  );
});

interface Entry {
  readonly at: Date;
  readonly next?: Entry | undefined;
}
const Entry: z.ZodType<Entry> = z.object({
  at: date,
  get next() {
    return Entry.optional();
  },
});
const someDate = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) });
const entry: fc.Arbitrary<object> = fc.letrec((tie) => ({
  entry: fc.record(
    { at: someDate, next: fc.option(tie("entry"), { nil: undefined, maxDepth: 3 }) },
    { requiredKeys: ["at"] },
  ),
})).entry;

const encoded: readonly (readonly [string, z.ZodType, fc.Arbitrary<unknown>])[] = [
  ["a member", z.object({ a: date, b: z.string() }), fc.record({ a: someDate, b: fc.string() })],
  ["a member that may be missing", z.object({ a: date.optional() }), fc.record({ a: someDate }, { requiredKeys: [] })],
  ["a member that may be null", z.object({ a: date.nullable() }), fc.record({ a: fc.option(someDate) })],
  ["a default", z.object({ a: date.default(() => new Date(0)) }), fc.record({ a: someDate })],
  ["items", z.object({ a: z.array(z.object({ at: date })) }), fc.record({ a: fc.array(fc.record({ at: someDate })) })],
  ["a member of a member", z.object({ a: z.object({ b: date }) }), fc.record({ a: fc.record({ b: someDate }) })],
  ["a record", z.object({ a: z.record(z.string(), date) }), fc.record({ a: fc.record({ b: someDate }) })],
  ["a tuple", z.object({ a: z.tuple([z.string(), date]) }), fc.record({ a: fc.tuple(fc.string(), someDate) })],
  ["a catchall", z.object({ b: z.string() }).catchall(date), fc.record({ b: fc.string(), c: someDate })],
  ["an entry of itself", Entry, entry],
  [
    "a union",
    z.union([z.object({ kind: z.literal("a"), at: date }), z.object({ kind: z.literal("b") })]),
    fc.oneof(fc.record({ kind: fc.constant("a"), at: someDate }), fc.record({ kind: fc.constant("b") })),
  ],
  ["a text that is trimmed", z.object({ a: z.string().trim() }), fc.record({ a: fc.string() })],
  [
    "an object that is changed as a whole",
    z.object({ a: z.number(), at: date }).overwrite(({ a, at }) => ({ a: a + 1, at })),
    fc.record({ a: fc.integer(), at: someDate }),
  ],
];

test.each(encoded)("%s: encoded as zod does", (_, schema, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, (session) => {
      expect(encoderOf(schema)(session)).toEqual(z.safeEncode(schema, session).data);
    }),
  );
});

test("a member that has no way back, or does not fit, keeps the others from nothing", () => {
  const schema = z.object({ at: date, name: z.string().transform((name) => name.length), seen: date });
  const encode = encoderOf(schema);
  expect(encode({ at: new Date(0), name: 3, seen: "never" })).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    name: 3,
    seen: "never",
  });
});
