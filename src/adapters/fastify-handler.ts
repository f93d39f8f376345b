import type * as fastify from "fastify";

/** Fastify's own handler, with a request of another type. */
export type HandlerOf<
  RawServer extends fastify.RawServerBase,
  RawRequest extends fastify.RawRequestDefaultExpression<RawServer>,
  RawReply extends fastify.RawReplyDefaultExpression<RawServer>,
  RouteGeneric extends fastify.RouteGenericInterface,
  ContextConfig,
  SchemaCompiler extends fastify.FastifySchema,
  TypeProvider extends fastify.FastifyTypeProvider,
  Logger extends fastify.FastifyBaseLogger,
  TRequest,
> = (
  this: fastify.FastifyInstance<RawServer, RawRequest, RawReply, Logger, TypeProvider>,
  request: TRequest,
  reply: fastify.FastifyReply<
    RouteGeneric,
    RawServer,
    RawRequest,
    RawReply,
    ContextConfig,
    SchemaCompiler,
    TypeProvider
  >,
) => ReturnType<
  fastify.RouteHandlerMethod<
    RawServer,
    RawRequest,
    RawReply,
    RouteGeneric,
    ContextConfig,
    SchemaCompiler,
    TypeProvider,
    Logger
  >
>;
