import { StandardSchemaV1 } from "@standard-schema/spec";
import { FitsRegister, SessionsOptions } from "./shared.js";
import { MaybePromise, DefaultSession, SessionConnection, BaseSessionBackend } from "./index.js";
import "express";
import "fastify";
type Request<TSession = DefaultSession> = globalThis.Request & SessionConnection<TSession>;
type FetchHandler<TRequest, TRest extends unknown[]> = (request: TRequest, ...rest: TRest) => MaybePromise<Response>;
type ServedHandler<TRequest, TRest extends unknown[]> = (request: TRequest, ...rest: TRest) => Promise<Response>;
interface WithSession<TSession> {
  <TRest extends unknown[] = []>(
    handler: FetchHandler<Request<TSession>, TRest>,
  ): ServedHandler<globalThis.Request, TRest>;
  <TRequest extends globalThis.Request, TRest extends unknown[] = []>(
    handler: FetchHandler<TRequest & SessionConnection<TSession>, TRest>,
  ): ServedHandler<TRequest, TRest>;
}
declare function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options?: SessionsOptions,
): WithSession<TSession>;
declare function requireSession<TSchema extends StandardSchemaV1, TRest extends unknown[] = []>(
  schema: TSchema,
  handler: FetchHandler<Request<StandardSchemaV1.InferOutput<TSchema>>, TRest>,
): ServedHandler<globalThis.Request, TRest>;
export { SessionsOptions, requireSession, sessions };
export type { FetchHandler, Request, ServedHandler, WithSession };
