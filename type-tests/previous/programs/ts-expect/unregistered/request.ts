import { expectType, type TypeEqual } from "ts-expect";
import { Request, type SessionDict } from "typed-session";

interface AppSession {
  userId?: string;
}

// The session of every arity.
expectType<TypeEqual<Request["session"], SessionDict>>(true);
expectType<TypeEqual<Request<string>["session"], SessionDict>>(true);
expectType<TypeEqual<Request<string, number>["session"], SessionDict>>(true);
expectType<TypeEqual<Request<string, number, { a: 1 }>["session"], SessionDict>>(true);
expectType<TypeEqual<Request<string, number, { a: 1 }, AppSession>["session"], AppSession>>(true);
expectType<TypeEqual<Request<string, number, { a: 1 }, AppSession | null>["session"], AppSession | null>>(true);
// @ts-expect-error
expectType<TypeEqual<Request["session"], AppSession>>(true);
// @ts-expect-error
expectType<TypeEqual<Request<string>["session"], string>>(true);
// @ts-expect-error
expectType<TypeEqual<Request<string, number>["session"], number>>(true);
// @ts-expect-error
expectType<TypeEqual<Request<string, number, { a: 1 }>["session"], { a: 1 }>>(true);
// @ts-expect-error
expectType<TypeEqual<Request<string, number, { a: 1 }, AppSession>["session"], SessionDict>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<Request<string, number, { a: 1 }, AppSession | null>["session"], AppSession>>(true);

// The other parameters mean what they meant in v2.
expectType<TypeEqual<Request<string, number, { a: 1 }>["user"], string>>(true);
expectType<TypeEqual<Request<string, number, { a: 1 }>["auth"], number>>(true);
expectType<TypeEqual<Request<string, number, { a: 1 }>["state"], { a: 1 }>>(true);
expectType<TypeEqual<Request["user"], unknown>>(true);
// @ts-expect-error
expectType<TypeEqual<Request<string, number, { a: 1 }>["user"], number>>(true);
// @ts-expect-error
expectType<TypeEqual<Request<string, number, { a: 1 }>["auth"], string>>(true);
// @ts-expect-error
expectType<TypeEqual<Request<string, number, { a: 1 }>["state"], { a: 2 }>>(true);
// @ts-expect-error
expectType<TypeEqual<Request["user"], string>>(true);

// A function of v2 takes any request; one that asks for a type takes only that.
declare function legacy(request: Request): void;
declare function typed(request: Request<unknown, unknown, object, { userId: string }>): void;
declare const plain: Request;
declare const signedIn: Request<unknown, unknown, Record<string, string>, { userId: string }>;
legacy(plain);
typed(signedIn);
// @ts-expect-error
typed(plain);
// @ts-expect-error
legacy({});
