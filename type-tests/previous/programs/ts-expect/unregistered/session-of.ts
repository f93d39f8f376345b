import { expectType, type TypeEqual } from "ts-expect";
import { defineSession, type DefaultSession, type SessionDict, type SessionOf } from "typed-session";
import { z } from "zod";

// Without a description, and without a registration: a dict.
expectType<TypeEqual<SessionOf<undefined>, SessionDict>>(true);
expectType<TypeEqual<DefaultSession, SessionDict>>(true);
// @ts-expect-error
expectType<TypeEqual<DefaultSession, { userId: string }>>(true);

// `null` exactly when the schema rejects `{}`: never where every key is optional or has a default …
const Lenient = z.object({ userId: z.string().optional(), cart: z.array(z.number()).default([]) });
type Lenient = { userId?: string | undefined; cart: number[] };
expectType<TypeEqual<SessionOf<typeof Lenient>, Lenient>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<SessionOf<typeof Lenient>, Lenient | null>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof Lenient>, SessionDict>>(true);

// … and always where one is required.
const Strict = z.object({ userId: z.string(), seen: z.boolean().optional() });
type Strict = { userId: string; seen?: boolean | undefined };
expectType<TypeEqual<SessionOf<typeof Strict>, Strict | null>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<SessionOf<typeof Strict>, Strict>>(true);

// It is the schema's input that has to take `{}`, and its output that the session is.
const Coded = z.object({ since: z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: String }) });
// strict only
expectType<TypeEqual<SessionOf<typeof Coded>, { since: Date } | null>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof Coded>, { since: string } | null>>(true);

// A definition is what its schema is.
const lenient = defineSession({ schema: Lenient });
const strict = defineSession({ schema: Strict, version: 2 });
expectType<TypeEqual<SessionOf<typeof lenient>, Lenient>>(true);
expectType<TypeEqual<SessionOf<typeof strict>, Strict | null>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof lenient>, Strict | null>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<SessionOf<typeof strict>, Strict>>(true);

// Classes: `null` exactly when the constructor declares parameters.
class Shop {
  cart: string[] = [];
}
class Named {
  constructor(readonly name: string) {}
}
class MaybeNamed {
  constructor(readonly name?: string) {}
}
expectType<TypeEqual<SessionOf<typeof Shop>, Shop>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<SessionOf<typeof Shop>, Shop | null>>(true);
expectType<TypeEqual<SessionOf<typeof Named>, Named | null>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<SessionOf<typeof Named>, Named>>(true);
expectType<TypeEqual<SessionOf<typeof MaybeNamed>, MaybeNamed | null>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<SessionOf<typeof MaybeNamed>, MaybeNamed>>(true);
const shop = defineSession({ schema: Shop });
expectType<TypeEqual<SessionOf<typeof shop>, Shop>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof shop>, Named>>(true);
