import { StandardSchemaV1 } from "@standard-schema/spec";
import { DefaultState, DefaultContext, ParameterizedContext, Next, Middleware } from "koa";
import { RegisteredConnection, FitsRegister, SessionsOptions } from "./shared.js";
import { DefaultSession, SessionConnection, BaseSessionBackend } from "./index.js";
import "express";
import "fastify";
declare module "koa" {
  interface DefaultContext extends RegisteredConnection {}
}
type Context<
  StateT = DefaultState,
  ContextT = DefaultContext,
  ResponseBodyT = unknown,
  TSession = DefaultSession,
> = ParameterizedContext<StateT, WithoutSession<ContextT> & SessionConnection<TSession>, ResponseBodyT>;
interface RouteContext {
  params: Record<string, string>;
}
type WithoutSession<ContextT> = {
  [K in keyof ContextT as Exclude<K, keyof SessionConnection>]: ContextT[K];
};
declare function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options?: SessionsOptions,
): Middleware<object, SessionConnection<TSession>>;
declare function requireSession<
  TSchema extends StandardSchemaV1,
  StateT = DefaultState,
  ContextT = DefaultContext,
  ResponseBodyT = unknown,
>(
  schema: TSchema,
  handler: (
    context: Context<StateT, ContextT & RouteContext, ResponseBodyT, StandardSchemaV1.InferOutput<TSchema>>,
    next: Next,
  ) => unknown,
): Middleware<StateT, ContextT, ResponseBodyT>;
export { SessionsOptions, requireSession, sessions };
export type { Context, RouteContext };
