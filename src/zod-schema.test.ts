import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { encodeSession, hasOneForm } from "./zod-schema.js";

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
      expect(encodeSession(schema, session)).toEqual(session);
    }),
  );
});
