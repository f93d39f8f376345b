import { format } from "prettier";
import { afterAll, describe, expect, test } from "vitest";
import {
  array,
  GeneratedFolder,
  literal,
  named,
  object,
  optional,
  record,
  required,
  shapes,
  union,
  write,
  type Writing,
} from "./generated-session.fixture.js";
import { renderTypeText } from "./session-source.js";

const folder = new GeneratedFolder();
afterAll(() => folder.remove());

const libraries: Writing[] = ["zod4", "zod3", "valibot", "arktype"];
const { string, number, date, any } = shapes;
const item = object({ sku: required(string), quantity: required(number) });

const registration = `declare module "express-session" {
  interface SessionData extends AppSession {}
}
`;

const keys = {
  userId: optional(string),
  cart: optional(array(item)),
  theme: optional(union(literal("light"), literal("dark"), shapes.null)),
  since: optional(date),
  user: optional(named("User", "./entities/user")),
  "csrf-token": required(string),
  address: optional(
    object({
      street: required(string),
      city: required(string),
      lines: optional(array(union(string, number))),
      notes: optional(record(any)),
    }),
  ),
};

const differently = { hasRuntime: true, registration, notes: new Map([["cart", "seen as any in src/cart.ts:12"]]) };

describe("the text", () => {
  test("with zod 4", () => {
    expect(write("zod4", keys, differently)).toBe(`\
// The session of this application, as typed-session-codemod found it in use. It is yours: edit it.
import { defineSession } from "typed-session";
import { z } from "zod";
import type { User } from "./entities/user";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

export const AppSession = z.object({
  userId: z.string().optional(),
  // seen as any in src/cart.ts:12
  cart: z.array(z.object({ sku: z.string(), quantity: z.number() })).optional(),
  theme: z.enum(["light", "dark"]).nullable().optional(),
  since: isoDate.optional(),
  user: z.custom<User>().optional(),
  "csrf-token": z.string(),
  address: z
    .object({
      street: z.string(),
      city: z.string(),
      lines: z.array(z.union([z.string(), z.number()])).optional(),
      notes: z.record(z.string(), z.any()).optional(),
    })
    .optional(),
});
export type AppSession = z.infer<typeof AppSession>;
export const appSession = defineSession({ schema: AppSession });

declare module "express-session" {
  interface SessionData extends AppSession {}
}
`);
  });

  test("with zod 3", () => {
    const text = write("zod3", { since: optional(date), at: required(shapes.unknown) }, differently);
    expect(text).toBe(`\
// The session of this application, as typed-session-codemod found it in use. It is yours: edit it.
import { defineSession } from "typed-session";
import { z } from "zod";

export const AppSession = z.object({
  since: z.coerce.date().optional(),
  at: z.unknown(),
}) as z.ZodType<{ since?: Date; at: unknown }, z.ZodTypeDef, unknown>;
export type AppSession = z.infer<typeof AppSession>;
export const appSession = defineSession({
  schema: AppSession,
  // The schema reads dates from text; this writes them as text.
  encode: (session): object => JSON.parse(JSON.stringify(session)),
});

declare module "express-session" {
  interface SessionData extends AppSession {}
}
`);
  });

  test("with valibot", () => {
    expect(write("valibot", keys, differently)).toBe(`\
// The session of this application, as typed-session-codemod found it in use. It is yours: edit it.
import { defineSession } from "typed-session";
import * as v from "valibot";
import type { User } from "./entities/user";

const isoDate = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text)),
);

export const AppSession = v.object({
  userId: v.optional(v.string()),
  // seen as any in src/cart.ts:12
  cart: v.optional(v.array(v.object({ sku: v.string(), quantity: v.number() }))),
  theme: v.optional(v.nullable(v.picklist(["light", "dark"]))),
  since: v.optional(isoDate),
  user: v.optional(v.custom<User>((value) => value !== undefined && value !== null)),
  "csrf-token": v.string(),
  address: v.optional(
    v.object({
      street: v.string(),
      city: v.string(),
      lines: v.optional(v.array(v.union([v.string(), v.number()]))),
      notes: v.optional(v.record(v.string(), v.any())),
    }),
  ),
});
export type AppSession = v.InferOutput<typeof AppSession>;
export const appSession = defineSession({
  schema: AppSession,
  // The schema reads dates from text; this writes them as text.
  encode: (session): object => JSON.parse(JSON.stringify(session)),
});

declare module "express-session" {
  interface SessionData extends AppSession {}
}
`);
  });

  test("with arktype", () => {
    expect(write("arktype", keys, differently)).toBe(`\
// The session of this application, as typed-session-codemod found it in use. It is yours: edit it.
import { defineSession } from "typed-session";
import { type } from "arktype";
import type { User } from "./entities/user";

export const AppSession = type({
  "userId?": "string",
  // seen as any in src/cart.ts:12
  "cart?": type({ sku: "string", quantity: "number" }).array(),
  "theme?": "'light' | 'dark' | null",
  "since?": "string.date.iso.parse",
  "user?": type("unknown").as<User>(),
  "csrf-token": "string",
  "address?": {
    street: "string",
    city: "string",
    "lines?": "(string | number)[]",
    "notes?": "Record<string, unknown.any>",
  },
});
export type AppSession = typeof AppSession.infer;
export const appSession = defineSession({
  schema: AppSession,
  // The schema reads dates from text; this writes them as text.
  encode: (session): object => JSON.parse(JSON.stringify(session)),
});

declare module "express-session" {
  interface SessionData extends AppSession {}
}
`);
  });

  test("with types alone", () => {
    expect(write("types", keys, differently)).toBe(`\
// The session of this application, as typed-session-codemod found it in use. It is yours: edit it.
import type { User } from "./entities/user";

export interface AppSession {
  userId?: string;
  // seen as any in src/cart.ts:12
  cart?: { sku: string; quantity: number }[];
  theme?: "light" | "dark" | null;
  since?: Date;
  user?: User;
  "csrf-token": string;
  address?: {
    street: string;
    city: string;
    lines?: (string | number)[];
    notes?: Record<string, any>;
  };
}

declare module "express-session" {
  interface SessionData extends AppSession {}
}
`);
  });

  test("needs no runtime", () => {
    for (const library of libraries) expect(write(library, keys)).not.toMatch(/defineSession|typed-session"/);
  });

  test("ends its lines as it is told to", () => {
    const text = write("zod4", keys, { newLine: "\r\n", registration: "" });
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("gives each name to one thing", () => {
    const user = named("User", "./entities/user");
    const other = named("User", "./entities/other-user");
    const text = write("zod4", {
      users: optional(object({ user: required(user), other: required(other), again: required(user) })),
      z: optional(named("z", "./z")),
      own: optional(named("AppSession", "./old")),
      global: optional(named("AppSession")),
      byDefault: optional(named("default", "../entities/user-profile.js")),
      both: optional(named("Profile", "../entities/user-profile.js")),
      nested: optional(named("Stripe.Checkout", "stripe")),
    });
    expect(text).toContain(`\
import { z } from "zod";
import type { User } from "./entities/user";
import type { User as User2 } from "./entities/other-user";
import type { z as z2 } from "./z";
import type { AppSession as AppSession2 } from "./old";
import type UserProfile from "../entities/user-profile.js";
import type { Profile } from "../entities/user-profile.js";
import type { Stripe } from "stripe";
`);
    expect(text).toContain("global: z.custom<globalThis.AppSession>().optional()");
    expect(text).toContain("other: z.custom<User2>()");
    expect(text).toContain("nested: z.custom<Stripe.Checkout>().optional()");
  });

  test("says a union as shortly as it can be said", () => {
    const text = write("types", {
      flag: optional(union(literal(true), shapes.null, literal(false))),
      name: optional(union(literal("a"), string, string)),
      whatever: optional(union(string, any)),
    });
    expect(text).toContain("  flag?: boolean | null;\n  name?: string;\n  whatever?: any;\n");
  });

  test("of a type stands alone", () => {
    const shape = union(array(named("default", "./user", item)), record(shapes.undefined), shapes.null);
    expect(renderTypeText(shape)).toBe(
      `import("./user").default<{ sku: string; quantity: number }>[] | Record<string, undefined> | null`,
    );
  });
});

const long = (count: number) =>
  object(
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`aMemberWithALongName${index}`, optional(string)])),
  );

const wide = {
  ...keys,
  objects: optional(array(long(6))),
  nullable: optional(union(long(6), shapes.null)),
  records: optional(record(long(6))),
  either: optional(union(long(4), long(5), number)),
  eithers: optional(array(union(long(4), long(5), shapes.null))),
  deep: optional(object({ list: required(array(union(long(3), shapes.undefined))), more: required(long(4)) })),
  generic: optional(named("Box", "./entities/user", long(5))),
  pair: optional(named("Map", undefined, long(3), long(2))),
  choice: required(
    union(...Array.from({ length: 9 }, (_, index) => literal(`choice number ${index}`)), shapes.undefined),
  ),
  none: optional(object({})),
  strict: required(object({ one: required(any), two: optional(long(4)) })),
};

describe("the layout is prettier's", () => {
  const all: Writing[] = [...libraries, "types"];
  test.each(all)("with %s", async (writing) => {
    const text = write(writing, wide, differently);
    expect(await format(text, { parser: "typescript", printWidth: 100 })).toBe(text);
  });
});

interface StandardSchema {
  "~standard": { validate: (value: unknown) => { value: unknown; issues?: readonly unknown[] } };
}

function isStandardSchema(value: unknown): value is StandardSchema {
  return (typeof value === "object" || typeof value === "function") && value !== null && "~standard" in value;
}

describe.each(libraries)("at run time, %s", (library) => {
  const loaded = folder.load(
    library,
    write(library, { ...keys, left: required(union(string, shapes.undefined)) }, differently),
  );

  async function check(value: object): Promise<{ value: unknown; isRefused: boolean }> {
    const { AppSession } = await loaded;
    if (!isStandardSchema(AppSession)) throw new TypeError("AppSession is no Standard Schema");
    const result = AppSession["~standard"].validate({ "csrf-token": "t", left: "there", ...value });
    return { value: result.value, isRefused: result.issues !== undefined };
  }

  const instant = "2026-01-02T03:04:05.678Z";

  test.each<[string, object]>([
    ["nothing that is optional", {}],
    ["a member that JSON left out", { left: undefined }],
    ["text", { userId: "u1" }],
    ["a list", { cart: [{ sku: "a", quantity: 1 }] }],
    ["a choice", { theme: "dark" }],
    ["null", { theme: null }],
    ["an object of the application's", { user: { id: 1 } }],
    ["an object", { address: { street: "s", city: "c", lines: ["l", 1], notes: { a: [] } } }],
  ])("accepts %s", async (_, value) => {
    const stored: object = JSON.parse(JSON.stringify(value));
    expect(await check(stored)).toMatchObject({ isRefused: false, value: stored });
  });

  test.each<[string, object]>([
    ["a number for text", { userId: 1 }],
    ["no list", { cart: {} }],
    ["another list", { cart: [{ sku: "a" }] }],
    ["another choice", { theme: "blue" }],
    ["null for text", { userId: null }],
    ["text that is no date", { since: "yesterday" }],
    ["an object with another member", { address: { street: "s", city: 1 } }],
    ["a required key of another type", { "csrf-token": 1 }],
  ])("refuses %s", async (_, value) => {
    expect(await check(value)).toMatchObject({ isRefused: true });
  });

  test("reads a date, and its definition writes it", async () => {
    const { value } = await check({ since: instant });
    expect(value).toMatchObject({ since: new Date(instant) });
    const { appSession } = await loaded;
    expect(appSession).toHaveProperty("encode");
    if (!isDefinition(appSession) || typeof value !== "object" || value === null) throw new TypeError("no definition");
    expect(appSession.encode(value)).toMatchObject({ since: instant });
  });
});

function isDefinition(value: unknown): value is { encode: (session: object) => object } {
  return typeof value === "object" && value !== null && "encode" in value;
}
