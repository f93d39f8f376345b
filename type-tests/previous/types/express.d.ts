import { StandardSchemaV1 } from "@standard-schema/spec";
import * as express from "express";
import {
  DefaultConnection,
  AnyParams,
  AnyQuery,
  RequestWithout,
  RouteMembers,
  GuardedHandler,
  FitsRegister,
  SessionsOptions,
} from "./shared.js";
import { DefaultSession, SessionConnection, BaseSessionBackend } from "./index.js";
import "fastify";
declare global {
  namespace Express {
    interface Request extends DefaultConnection {}
  }
}
interface Request<
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
  TSession = DefaultSession,
>
  extends
    RequestWithout<keyof SessionConnection>,
    RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals>,
    SessionConnection<TSession> {}
declare function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options?: SessionsOptions,
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
    request: Request<P, ResBody, ReqBody, ReqQuery, Locals, StandardSchemaV1.InferOutput<TSchema>>,
    response: express.Response<ResBody, Locals>,
    next: express.NextFunction,
  ) => unknown,
): GuardedHandler<P, ResBody, ReqBody, ReqQuery, Locals>;
export { SessionsOptions, requireSession, sessions };
export type { Request };
