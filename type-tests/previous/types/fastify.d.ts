import { StandardSchemaV1 } from "@standard-schema/spec";
import * as fastify from "fastify";
import { DefaultConnection, HandlerOf, FitsRegister, SessionsOptions } from "./shared.js";
import { DefaultSession, SessionConnection, BaseSessionBackend } from "./index.js";
import "express";
declare module "fastify" {
  interface FastifyRequest extends DefaultConnection {}
}
type AnyServer = fastify.RawServerBase;
type DefaultServer = fastify.RawServerDefault;
type RawRequestOf<TServer extends AnyServer> = fastify.RawRequestDefaultExpression<TServer>;
type RawReplyOf<TServer extends AnyServer> = fastify.RawReplyDefaultExpression<TServer>;
interface FastifyRequest<
  RouteGeneric extends fastify.RouteGenericInterface = fastify.RouteGenericInterface,
  RawServer extends AnyServer = DefaultServer,
  RawRequest extends RawRequestOf<RawServer> = RawRequestOf<RawServer>,
  SchemaCompiler extends fastify.FastifySchema = fastify.FastifySchema,
  TypeProvider extends fastify.FastifyTypeProvider = fastify.FastifyTypeProviderDefault,
  ContextConfig = fastify.ContextConfigDefault,
  Logger extends fastify.FastifyBaseLogger = fastify.FastifyBaseLogger,
  TSession = DefaultSession,
>
  extends
    Omit<
      fastify.FastifyRequest<RouteGeneric, RawServer, RawRequest, SchemaCompiler, TypeProvider, ContextConfig, Logger>,
      keyof SessionConnection
    >,
    SessionConnection<TSession> {}
declare function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options?: SessionsOptions,
): fastify.FastifyPluginCallback;
declare function requireSession<
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
>;
export { SessionsOptions, requireSession, sessions };
export type { FastifyRequest };
