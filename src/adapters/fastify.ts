/**
 * Fastify 5 with the project's own engine.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as fastify from "fastify";
import type { BaseSessionBackend } from "../backends/base.js";
import { SessionMissingError } from "../errors.js";
import { andThen } from "../maybe-promise.js";
import type { SessionHeaders } from "../commit-session.js";
import { openSession } from "../open-session.js";
import type { DefaultConnection, SessionConnection } from "../request.js";
import type { Layer, Scope } from "../scope.js";
import type { DefaultSession } from "../types.js";
import { attachedTo, attachSession, sessionMembers } from "./attach-session.js";
import { privateCaching, varyBy } from "./cache-headers.js";
import { answerFailure } from "./answer-failure.js";
import type { HandlerOf } from "./fastify-handler.js";
import { createPlugin } from "./fastify-plugin.js";
import { commitBeforeHeaders } from "./node-response.js";
import { prepareSession } from "./prepare-session.js";
import { RequestScope } from "./request-scope.js";
import { createSessionCheck } from "./session-guard.js";
import { anotherLibrary, layerOf, type FitsRegister, type SessionsOptions } from "./sessions-options.js";

export type { SessionsOptions } from "./sessions-options.js";

declare module "fastify" {
  // Inherited, so that a program that also has the types of @fastify/session compiles: `session` is what they say.
  interface FastifyRequest extends DefaultConnection {}
}

type AnyServer = fastify.RawServerBase;
type DefaultServer = fastify.RawServerDefault;
type RawRequestOf<TServer extends AnyServer> = fastify.RawRequestDefaultExpression<TServer>;
type RawReplyOf<TServer extends AnyServer> = fastify.RawReplyDefaultExpression<TServer>;

/** Fastify's own `FastifyRequest` with one more, last type parameter: the session. */
export interface FastifyRequest<
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

/**
 * Fastify plugin that gives every request a session: `request.session`. It needs no `@fastify/cookie`.
 *
 * A store is asked before the handlers run, and only if the request has a session cookie; an encrypted cookie is opened
 * when `request.session` is first used. The session is saved when the reply is about to be sent; when that fails, the
 * error goes to Fastify's error handler.
 *
 * @example
 * ```ts
 * await app.register(sessions(new ServerSideSessionBackend({ store, session: appSession })));
 * ```
 */
export function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options: SessionsOptions = {},
): fastify.FastifyPluginCallback {
  const layer = layerOf(options);

  return createPlugin("typed-session", (app, _options, done) => {
    if (app.hasRequestDecorator("session")) return done(anotherLibrary("ran before", toKeepTheOther));
    decorateRequests(app);

    app.addHook("onRequest", (request, reply, next) => {
      const scope = toScope(request, layer);
      const handle = openSession<TSession>(backend, scope);
      if (handle === undefined) return next();
      const attached = attachSession(request, backend, handle, scope);
      handle.whenUsed(() => {
        attached.held = commitBeforeHeaders(reply.raw, handle, (error) => answer(request, reply, error));
      });
      if (options.load === "on-demand") next();
      else prepareSession(handle, next);
    });

    app.addHook("onSend", (request, reply, payload, next) => {
      const attached = attachedTo(request);
      if (attached?.held === undefined) return next(null, payload);
      const send = (headers: SessionHeaders) => {
        attached.held = undefined;
        addHeaders(reply, headers);
        next(null, payload);
      };
      const refused = (error: Error) => {
        reply.removeHeader("Content-Encoding"); // of what reply.compress() made
        next(error);
      };
      attached.held.commitEarly(send, refused, () => {
        if (attached.held === undefined || reply.raw.writableEnded) return;
        // Behind a part that was written to reply.raw, Fastify is to do what it does without sessions: it breaks off.
        attached.held = undefined;
        next(null, payload);
      });
    });
    done();
  });
}

/**
 * Wraps a handler that needs more of the session than every visitor has. The session is checked when a request comes; in
 * the handler, `request.session` has the schema's type, and what the route says of its parameters stays. Make such a
 * schema from the app's own, for example with zod `AppSession.required({ userId: true })`.
 *
 * A session that does not fit goes to Fastify's error handler as a `SessionRequiredError`, whose `status` is 401.
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

const toKeepTheOther =
  "To keep @fastify/session or @fastify/secure-session and add types, use typed-session/fastify-session or " +
  "typed-session/fastify-secure-session instead.";

/** Requests that the plugin does not serve, or not yet, say so at the first use of their session. */
function decorateRequests(app: fastify.FastifyInstance): void {
  for (const [name, { get, set }] of Object.entries(sessionMembers)) {
    app.decorateRequest(name, {
      getter() {
        assertAttached(this);
        return get.call(this);
      },
      setter(value: unknown) {
        assertAttached(this);
        set.call(this, value);
      },
    });
  }
}

function assertAttached(request: fastify.FastifyRequest): void {
  if (attachedTo(request) !== undefined) return;
  throw new SessionMissingError(
    `There is no session for ${request.method} ${request.routeOptions.url ?? request.url}: the backend excludes this route, ` +
      "or a hook that was added before sessions() asks for it. Register sessions() before what uses it.",
  );
}

function toScope(request: fastify.FastifyRequest, layer: Layer): Scope {
  const { method, originalUrl: url, headers } = request;
  return new RequestScope({ method, url, cookie: headers.cookie, isSecure: () => request.protocol === "https" }, layer);
}

/** Fastify keeps a reply's headers to itself until it writes them. */
function addHeaders(reply: fastify.FastifyReply, headers: SessionHeaders): void {
  for (const [name, value] of headers) {
    const present = reply.getHeader(name)?.toString();
    if (name === "Cache-Control") reply.header(name, privateCaching(present, value));
    else if (name === "Vary") reply.header(name, varyBy(present, value));
    // Fastify adds to Set-Cookie, and replaces others.
    else reply.header(name, value);
  }
}

/** Saving failed where Fastify sends nothing any more: the reply was hijacked, or is on its way already. */
function answer(request: fastify.FastifyRequest, reply: fastify.FastifyReply, error: Error): void {
  request.log.error(error);
  answerFailure(reply.raw);
}
