import { StandardSchemaV1 } from "@standard-schema/spec";
import * as hono from "hono";
import { RegisteredConnection, FitsRegister, SessionsOptions } from "./shared.js";
import { DefaultSession, SessionConnection, BaseSessionBackend } from "./index.js";
import "express";
import "fastify";
declare module "hono" {
  interface ContextVariableMap extends RegisteredConnection {}
}
interface SessionVariables<TSession = DefaultSession> extends SessionConnection<TSession> {}
type Context<
  E extends hono.Env = {},
  P extends string = any,
  I extends hono.Input = {},
  TSession = DefaultSession,
> = hono.Context<
  E & {
    Variables: SessionVariables<TSession>;
  },
  P,
  I
>;
declare function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options?: SessionsOptions,
): hono.MiddlewareHandler<{
  Variables: SessionVariables<TSession>;
}>;
declare function requireSession<TSchema extends StandardSchemaV1>(
  schema: TSchema,
): hono.MiddlewareHandler<{
  Variables: SessionVariables<StandardSchemaV1.InferOutput<TSchema>>;
}>;
export { SessionsOptions, requireSession, sessions };
export type { Context, SessionVariables };
