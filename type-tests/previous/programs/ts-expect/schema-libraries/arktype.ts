import { type } from "arktype";
import { expectType, type TypeEqual } from "ts-expect";
import type { SessionOf } from "typed-session";

// `null` exactly when the schema rejects `{}`, whatever library it is written with. (With zod: ../unregistered.)
const Lenient = type({ "userId?": "string" });
expectType<TypeEqual<SessionOf<typeof Lenient>, { userId?: string }>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof Lenient>, { userId?: string } | null>>(true);
const Strict = type({ userId: "string" });
expectType<TypeEqual<SessionOf<typeof Strict>, { userId: string } | null>>(true);
// @ts-expect-error
expectType<TypeEqual<SessionOf<typeof Strict>, { userId: string }>>(true);
