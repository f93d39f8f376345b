import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineSession, toDefinition, type SessionDefinition } from "./definition.js";
import { SessionConfigError } from "./errors.js";
import { typeDecoder } from "./serialization.js";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

const schemas = {
  zod: z.object({ userId: z.string().optional(), cart: z.array(z.object({ sku: z.string() })).default([]) }),
  valibot: v.object({
    userId: v.optional(v.string()),
    cart: v.optional(v.array(v.object({ sku: v.string() })), []),
  }),
  arktype: type({
    "userId?": "string",
    cart: type({ sku: "string" })
      .array()
      .default(() => []),
  }),
};

describe.each(Object.entries(schemas))("a session by %s", (_vendor, schema) => {
  const definition: SessionDefinition<unknown> = defineSession({ schema });

  test("an anonymous visitor's is what the schema makes of {}", () => {
    expect(definition.anonymous()).toEqual({ cart: [] });
  });

  test("data that fits becomes a session", () => {
    expect(definition.check({ userId: "u", cart: [{ sku: "a" }] }, [])).toEqual({
      ok: true,
      session: { userId: "u", cart: [{ sku: "a" }] },
    });
  });

  test("data that does not fit is refused, by path", () => {
    const checked = definition.check({ userId: 5, cart: [{ sku: "a" }, { sku: 1 }] }, []);
    expect(checked).toMatchObject({ ok: false });
    const paths = checked.ok ? [] : checked.issues.map(({ path }) => path);
    expect(paths).toContain("userId");
    expect(paths).toContain("cart[1].sku");
  });

  test("keys that the schema does not know stay, in nested objects too", () => {
    const raw = { cart: [], legacy: { deep: [1] } };
    expect(definition.check(structuredClone(raw), [])).toEqual({ ok: true, session: raw });
  });
});

test("a schema that rejects {} gives anonymous visitors no session", () => {
  expect(defineSession({ schema: z.object({ userId: z.string() }) }).anonymous()).toBeNull();
  expect(defineSession({ schema: v.object({ userId: v.string() }) }).anonymous()).toBeNull();
  expect(defineSession({ schema: type({ userId: "string" }) }).anonymous()).toBeNull();
});

describe("encoding with zod", () => {
  const Session = z.object({
    since: isoDate.optional(),
    cart: z.array(z.string()).default([]),
    profile: z.object({ born: isoDate }).optional(),
  });
  const { encode } = defineSession({ schema: Session });

  test("codecs write what they read", () => {
    expect(encode({ since: new Date(0), cart: ["a"], profile: { born: new Date(1) } })).toEqual({
      since: "1970-01-01T00:00:00.000Z",
      cart: ["a"],
      profile: { born: "1970-01-01T00:00:00.001Z" },
    });
  });

  test("keys that the schema does not know are written too, in nested objects too", () => {
    const session = { since: new Date(0), cart: [], legacy: 1, profile: { born: new Date(0), legacy: { deep: true } } };
    expect(encode(session)).toEqual({
      since: "1970-01-01T00:00:00.000Z",
      cart: [],
      legacy: 1,
      profile: { born: "1970-01-01T00:00:00.000Z", legacy: { deep: true } },
    });
  });

  test("the other keys are encoded where one does not fit", () => {
    expect(encode({ since: new Date(0) })).toEqual({ since: "1970-01-01T00:00:00.000Z" });
    expect(encode({ since: new Date(0), cart: 5 })).toEqual({ since: "1970-01-01T00:00:00.000Z", cart: 5 });
  });

  test("a key that the schema renames is not taken for unknown", () => {
    const Renaming = z.codec(z.object({ user_id: z.string() }), z.object({ userId: z.string() }), {
      decode: ({ user_id }) => ({ userId: user_id }),
      encode: ({ userId }) => ({ user_id: userId }),
    });
    const definition = defineSession({ schema: Renaming });
    expect(definition.encode({ userId: "u", legacy: 1 })).toEqual({ user_id: "u", legacy: 1 });
  });

  test("a one-way transform leaves the session as it is", () => {
    const OneWay = z.object({ name: z.string().transform((name) => name.trim()) });
    expect(defineSession({ schema: OneWay }).encode({ name: "a", legacy: 1 })).toEqual({ name: "a", legacy: 1 });
  });

  test("an error in a codec is not swallowed", () => {
    const Broken = z.object({
      at: z.codec(z.string(), z.string(), {
        decode: (text) => text,
        encode: () => {
          throw new RangeError("codec broke");
        },
      }),
    });
    expect(() => defineSession({ schema: Broken }).encode({ at: "x" })).toThrow("codec broke");
  });
});

test("`encode` of the definition serves schemas that only decode", () => {
  const Session = v.object({
    since: v.pipe(
      v.string(),
      v.transform((text) => new Date(text)),
    ),
  });
  const { encode } = defineSession({ schema: Session, encode: ({ since }) => ({ since: since.toISOString() }) });
  expect(encode({ since: new Date(0) })).toEqual({ since: "1970-01-01T00:00:00.000Z" });
});

describe("a session by class", () => {
  class Shop {
    userId: string | undefined;
    cart: string[] = [];
    get size(): number {
      return this.cart.length;
    }
  }
  class Named {
    readonly name: string;
    constructor(name: string) {
      this.name = name;
    }
  }

  test("is an instance, with what was stored", () => {
    const checked = defineSession({ schema: Shop }).check({ cart: ["a"], legacy: 1 }, []);
    expect(checked).toEqual({ ok: true, session: Object.assign(new Shop(), { cart: ["a"], legacy: 1 }) });
    expect(checked.ok && checked.session).toBeInstanceOf(Shop);
    expect(checked.ok && checked.session.size).toBe(1);
  });

  test("an anonymous visitor gets a new one, or null where the constructor has parameters", () => {
    expect(defineSession({ schema: Shop }).anonymous()).toEqual(new Shop());
    expect(defineSession({ schema: Named }).anonymous()).toBeNull();
  });

  test("a type decoder makes it where one is given", () => {
    const decoders = [typeDecoder(Named, (raw) => new Named(z.object({ name: z.string() }).parse(raw).name))];
    const definition = defineSession({ schema: Named });
    expect(definition.check({ name: "n" }, decoders)).toEqual({ ok: true, session: new Named("n") });
    expect(definition.check({ name: 5 }, decoders)).toMatchObject({ ok: false });
  });

  test("a decoder that makes something else is refused", () => {
    const decoders = [{ matches: () => true, decode: () => ({}) }];
    expect(defineSession({ schema: Shop }).check({}, decoders)).toMatchObject({
      issues: [{ message: "The type decoder of Shop returned an object" }],
    });
  });

  test("without a decoder, a constructor with parameters is a configuration error that says so", () => {
    expect(() => defineSession({ schema: Named }).check({}, [])).toThrow("Give a type decoder for it");
  });
});

describe("definitions that can't work", () => {
  const define: (options: never) => unknown = defineSession;

  test.each([
    ["schema", "is undefined", { schema: undefined }],
    ["schema", "is null", { schema: null }],
    ["schema", "is an object", { schema: {} }],
    ["schema", "is an object", { schema: { "~standard": null } }],
    ["schema", "is an instance of Map", { schema: new Map() }],
    ["schema", "is a string", { schema: "z.object()" }],
    ["schema", "is a function", { schema: () => ({}) }],
    ["version", "is 0", { schema: schemas.zod, version: 0 }],
    ["version", "is 1.5", { schema: schemas.zod, version: 1.5 }],
    ["version", "is a string", { schema: schemas.zod, version: "2" }],
    ["onInvalid", "is a string", { schema: schemas.zod, onInvalid: "ignore" }],
  ])("%s %s", (option, problem, options) => {
    expect(() => define(options as never)).toThrow(SessionConfigError);
    expect(() => define(options as never)).toThrow(`\`${option}\` ${problem}`);
  });

  test("a schema that checks asynchronously", () => {
    const Session = z.object({ id: z.string().refine(async () => true) });
    expect(() => defineSession({ schema: Session }).check({ id: "x" }, [])).toThrow("checks asynchronously");
  });

  test("a `session` option that is there but undefined, as in a circular import", () => {
    const options: object = { session: undefined };
    expect(() => toDefinition(options)).toThrow("look for a circular import");
    expect(toDefinition({}).kind).toBe("dict");
  });
});
