import { expectType, type TypeEqual } from "ts-expect";
import type { SessionOf } from "typed-session";
import * as v from "valibot";

// `null` exactly when the schema rejects `{}`, whatever library it is written with. (With zod: ../unregistered.)
const Lenient = v.object({ cart: v.optional(v.array(v.string()), []) });
// strict only
expectType<TypeEqual<SessionOf<typeof Lenient>, { cart: string[] }>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof Lenient>, { cart: string[] } | null>>(true);
const Strict = v.object({ cart: v.array(v.string()) });
expectType<TypeEqual<SessionOf<typeof Strict>, { cart: string[] } | null>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<SessionOf<typeof Strict>, { cart: string[] }>>(true);
