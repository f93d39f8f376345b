import { StandardSchemaV1 } from "@standard-schema/spec";
import * as express from "express";
import { AnyParams, AnyQuery, RequestWithout, RouteMembers, GuardedHandler, TypedOptions } from "./shared.js";
import { SessionDefinition } from "./index.js";
import "fastify";
declare function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options?: TypedOptions,
): express.RequestHandler;
interface Request<
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
  TSession = unknown,
>
  extends RequestWithout<"session">, RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals> {
  session: express.Request["session"] & TSession;
}
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
    request: Request<P, ResBody, ReqBody, ReqQuery, Locals, StandardSchemaV1.InferOutput<TSchema>>,
    response: express.Response<ResBody, Locals>,
    next: express.NextFunction,
  ) => unknown,
): GuardedHandler<P, ResBody, ReqBody, ReqQuery, Locals>;
export { TypedOptions, requireSession, typed };
export type { Request };
