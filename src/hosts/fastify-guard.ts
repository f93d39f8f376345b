import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as fastify from "fastify";
import type { HandlerOf } from "../adapters/fastify-handler.js";
import { createSessionCheck } from "../adapters/session-guard.js";
import { andThen } from "../maybe-promise.js";

type AnyServer = fastify.RawServerBase;
type DefaultServer = fastify.RawServerDefault;
type RawRequestOf<TServer extends AnyServer> = fastify.RawRequestDefaultExpression<TServer>;
type RawReplyOf<TServer extends AnyServer> = fastify.RawReplyDefaultExpression<TServer>;

/** What the host's own types say of a session: its members, and what the application declared. */
type HostSession = fastify.FastifyRequest extends { session: infer TSession } ? TSession : unknown;

/** Fastify's own `FastifyRequest` with one more, last type parameter: the session, with the host's members. */
export interface FastifyRequest<
  RouteGeneric extends fastify.RouteGenericInterface = fastify.RouteGenericInterface,
  RawServer extends AnyServer = DefaultServer,
  RawRequest extends RawRequestOf<RawServer> = RawRequestOf<RawServer>,
  SchemaCompiler extends fastify.FastifySchema = fastify.FastifySchema,
  TypeProvider extends fastify.FastifyTypeProvider = fastify.FastifyTypeProviderDefault,
  ContextConfig = fastify.ContextConfigDefault,
  Logger extends fastify.FastifyBaseLogger = fastify.FastifyBaseLogger,
  TSession = unknown,
> extends Omit<
  fastify.FastifyRequest<RouteGeneric, RawServer, RawRequest, SchemaCompiler, TypeProvider, ContextConfig, Logger>,
  "session"
> {
  /** The session, with the host's members. */
  session: HostSession & TSession;
}

/**
 * Wraps a handler that needs more of the session than every visitor has: see `requireSession` of
 * `typed-session/fastify`, which does the same for the project's own engine.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * app.get("/account/:id", requireSession(SignedIn, (request) => request.session.userId));
 * ```
 */
export function requireSession<
  TSchema extends StandardSchemaV1,
  RawServer extends AnyServer = DefaultServer,
  RawRequest extends RawRequestOf<RawServer> = RawRequestOf<RawServer>,
  RawReply extends RawReplyOf<RawServer> = RawReplyOf<RawServer>,
  RouteGeneric extends fastify.RouteGenericInterface = fastify.RouteGenericInterface,
  ContextConfig = fastify.ContextConfigDefault,
  SchemaCompiler extends fastify.FastifySchema = fastify.FastifySchema,
  TypeProvider extends fastify.FastifyTypeProvider = fastify.FastifyTypeProviderDefault,
  Logger extends fastify.FastifyBaseLogger = fastify.FastifyBaseLogger,
>(
  schema: TSchema,
  handler: HandlerOf<
    RawServer,
    RawRequest,
    RawReply,
    RouteGeneric,
    ContextConfig,
    SchemaCompiler,
    TypeProvider,
    Logger,
    FastifyRequest<
      RouteGeneric,
      RawServer,
      RawRequest,
      SchemaCompiler,
      TypeProvider,
      ContextConfig,
      Logger,
      StandardSchemaV1.InferOutput<TSchema>
    >
  >,
): fastify.RouteHandlerMethod<
  RawServer,
  RawRequest,
  RawReply,
  RouteGeneric,
  ContextConfig,
  SchemaCompiler,
  TypeProvider,
  Logger
> {
  const check = createSessionCheck(schema);
  return function (request, reply) {
    // Behind the check: this is where the narrower type begins.
    const narrowed: object = request;
    const handle = () => handler.call(this, narrowed as Parameters<typeof handler>[0], reply);
    // Fastify awaits what a handler returns.
    return andThen<void, unknown>(check(request), handle) as ReturnType<typeof handler>;
  };
}
