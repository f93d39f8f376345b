import { expectType, type TypeEqual } from "ts-expect";
import { defineSession, Request, WebSocket, type DefaultSession } from "typed-session";
import * as v3 from "typed-session/v3";
import { z } from "zod";

const appSession = defineSession({ schema: z.object({ userId: z.string() }) });
type AppSession = { userId: string };

declare module "typed-session" {
  interface Register {
    session: typeof appSession;
  }
}

// The registered schema rejects `{}`: a visitor may have no session, and the types say so everywhere.
expectType<TypeEqual<DefaultSession, AppSession | null>>(true);
expectType<TypeEqual<Request["session"], AppSession | null>>(true);
expectType<TypeEqual<WebSocket<string>["session"], AppSession | null>>(true);
expectType<TypeEqual<v3.Request["session"], AppSession | null>>(true);
expectType<TypeEqual<v3.RegisteredSession, AppSession | null>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<DefaultSession, AppSession>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<Request["session"], AppSession>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<WebSocket<string>["session"], AppSession>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<v3.Request["session"], AppSession>>(true);
// @ts-expect-error strict only
expectType<TypeEqual<v3.RegisteredSession, AppSession>>(true);

declare const request: Request;
// @ts-expect-error strict only
request.session.userId;
expectType<string | undefined>(request.session?.userId);
// @ts-expect-error
expectType<number | undefined>(request.session?.userId);
