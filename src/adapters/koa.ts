/**
 * Koa with the project's own engine.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { DefaultContext, DefaultState, Middleware, Next, ParameterizedContext } from "koa";
import type { BaseSessionBackend } from "../backends/base.js";
import type { SessionHeaders } from "../commit-session.js";
import { openSession } from "../open-session.js";
import type { SessionConnection } from "../request.js";
import type { Layer, Scope } from "../scope.js";
import type { DefaultSession } from "../types.js";
import {
  addSessionMembers,
  attachedTo,
  attachSession,
  hasSessionMembers,
  hasSessionOfAnother,
} from "./attach-session.js";
import { addSessionHeaders } from "./node-headers.js";
import { commitBeforeHeaders } from "./node-response.js";
import { RequestScope } from "./request-scope.js";
import { createSessionCheck } from "./session-guard.js";
import {
  anotherLibrary,
  layerOf,
  type FitsRegister,
  type RegisteredConnection,
  type SessionsOptions,
} from "./sessions-options.js";

export type { SessionsOptions } from "./sessions-options.js";

declare module "koa" {
  // Contexts have any key already: without a registered type, `ctx.session` stays what Koa says of it.
  interface DefaultContext extends RegisteredConnection {}
}

/** Koa's own `Context` with one more, last type parameter: the session. */
export type Context<
  StateT = DefaultState,
  ContextT = DefaultContext,
  ResponseBodyT = unknown,
  TSession = DefaultSession,
> = ParameterizedContext<StateT, WithoutSession<ContextT> & SessionConnection<TSession>, ResponseBodyT>;

/** What routers put on the context: their handlers' types can't be inferred through a wrapper. */
export interface RouteContext {
  /** The route's parameters by name. */
  params: Record<string, string>;
}

/** Not `Omit`: contexts have any key, and that would leave none of those that have a type, such as a router's `params`. */
type WithoutSession<ContextT> = {
  [K in keyof ContextT as Exclude<K, keyof SessionConnection>]: ContextT[K];
};

/**
 * Koa middleware that gives every context behind it a session.
 *
 * A store is asked before the handlers run, and only if the request has a session cookie; an encrypted cookie is opened
 * when `ctx.session` is first used. The session is saved when the middleware behind this one is done, before the first
 * byte is sent; when that fails, the error goes to the middleware before this one and to Koa's own error handling.
 *
 * @example
 * ```ts
 * app.use(sessions(new ServerSideSessionBackend({ store, session: appSession })));
 * ```
 */
export function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options: SessionsOptions = {},
): Middleware<object, SessionConnection<TSession>> {
  const layer = layerOf(options);
  return async (context, next) => {
    if (attachedTo(context) !== undefined) return next();
    if (hasSessionOfAnother(context) || (!hasSessionMembers(context.app.context) && Reflect.has(context, "session")))
      throw anotherLibrary("ran before", "Take the other one's app.use() out, or this one.");
    const scope = toScope(context, layer);
    const handle = openSession<TSession>(backend, scope);
    if (handle === undefined) return next();
    addSessionMembers(context.app.context);
    const attached = attachSession(context, backend, handle, scope);
    handle.whenUsed(() => {
      attached.held = commitBeforeHeaders(context.res, handle, (error) => context.onerror(error));
    });
    if (options.load !== "on-demand") await handle.prepare();
    await next();
    const { held } = attached;
    if (held === undefined) return;
    await new Promise<void>((done, refused) => {
      // Not behind the promise: what waits to be sent comes before that.
      const send = (headers: SessionHeaders) => done(addSessionHeaders(context.res, headers));
      held.commitEarly(send, refused, done);
    });
  };
}

/**
 * Wraps a handler that needs more of the session than every visitor has. The session is checked when a request comes; in
 * the handler, `ctx.session` has the schema's type. Make such a schema from the app's own, for example with zod
 * `AppSession.required({ userId: true })`.
 *
 * A session that does not fit is a `SessionRequiredError`, whose `status` is 401: Koa answers "Unauthorized".
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * router.get("/account/:id", requireSession(SignedIn, (ctx) => { ctx.body = ctx.session.userId; }));
 * ```
 */
export function requireSession<
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
): Middleware<StateT, ContextT, ResponseBodyT> {
  const check = createSessionCheck(schema);
  return async (context, next) => {
    await check(context);
    // Checked above: this is where the narrower type begins.
    const narrowed: object = context;
    await handler(narrowed as Parameters<typeof handler>[0], next);
  };
}

function toScope(context: ParameterizedContext, layer: Layer): Scope {
  const { method, path: url } = context;
  const cookie = context.get("cookie") || undefined;
  return new RequestScope({ method, url, cookie, isSecure: () => context.secure }, layer);
}
