import { StandardSchemaV1 } from "@standard-schema/spec";
import * as express from "express";
import { AnyParams, AnyQuery, RequestWithout, RouteMembers, GuardedHandler, TypedOptions } from "./shared.js";
import { SessionDict, SessionDefinition } from "./index.js";
import "fastify";
interface CookieSessionMembers {
  readonly isChanged?: boolean | undefined;
  readonly isNew?: boolean | undefined;
  readonly isPopulated?: boolean | undefined;
}
interface Request<
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
  TSession = SessionDict,
>
  extends RequestWithout<"session">, RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals> {
  session?: (TSession & CookieSessionMembers) | null | undefined;
}
interface GuardedRequest<P, ResBody, ReqBody, ReqQuery, Locals extends Record<string, any>, TSession>
  extends RequestWithout<"session">, RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals> {
  session: TSession & CookieSessionMembers;
}
declare function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options?: TypedOptions,
): express.RequestHandler;
declare function requireSession<
  TSchema extends StandardSchemaV1,
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
>(
  schema: TSchema,
  handler: (
    request: GuardedRequest<P, ResBody, ReqBody, ReqQuery, Locals, StandardSchemaV1.InferOutput<TSchema>>,
    response: express.Response<ResBody, Locals>,
    next: express.NextFunction,
  ) => unknown,
): GuardedHandler<P, ResBody, ReqBody, ReqQuery, Locals>;
export { TypedOptions, requireSession, typed };
export type { CookieSessionMembers, Request };
