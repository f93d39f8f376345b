import { type } from "arktype";
import { expectType, type TypeEqual } from "ts-expect";
import type { SessionOf } from "typed-session";
import * as v from "valibot";

// `null` exactly when the schema rejects `{}`, whatever library it is written with. (With zod: ../unregistered.)
const Valibot = v.object({ cart: v.optional(v.array(v.string()), []) });
expectType<TypeEqual<SessionOf<typeof Valibot>, { cart: string[] }>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof Valibot>, { cart: string[] } | null>>(true);
const ValibotStrict = v.object({ cart: v.array(v.string()) });
expectType<TypeEqual<SessionOf<typeof ValibotStrict>, { cart: string[] } | null>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof ValibotStrict>, { cart: string[] }>>(true);

const Arktype = type({ "userId?": "string" });
expectType<TypeEqual<SessionOf<typeof Arktype>, { userId?: string }>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof Arktype>, { userId?: string } | null>>(true);
const ArktypeStrict = type({ userId: "string" });
expectType<TypeEqual<SessionOf<typeof ArktypeStrict>, { userId: string } | null>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof ArktypeStrict>, { userId: string }>>(true);
