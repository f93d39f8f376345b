/**
 * Express 4 and 5 with the project's own engine.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as express from "express";
import type { BaseSessionBackend } from "../backends/base.js";
import { openSession } from "../open-session.js";
import type { DefaultConnection, SessionConnection } from "../request.js";
import type { Layer, Scope } from "../scope.js";
import type { DefaultSession } from "../types.js";
import {
  addSessionMembers,
  attachedTo,
  attachSession,
  hasSessionOfAnother,
  member,
  sessionMembers,
  type SessionMember,
} from "./attach-session.js";
import {
  guardHandler,
  type AnyParams,
  type AnyQuery,
  type GuardedHandler,
  type RequestWithout,
  type RouteMembers,
} from "./express-guard.js";
import { prepareSession } from "./prepare-session.js";
import { commitBeforeHeaders } from "./node-response.js";
import { RequestScope } from "./request-scope.js";
import { anotherLibrary, layerOf, type FitsRegister, type SessionsOptions } from "./sessions-options.js";

export type { SessionsOptions } from "./sessions-options.js";

declare global {
  namespace Express {
    // Inherited, so that a program that also has @types/express-session compiles: `session` is what that package says.
    interface Request extends DefaultConnection {}
  }
}

/**
 * Express's own `Request` with one more, last type parameter: the session.
 *
 * A session with required keys is more than `app.get` can promise; use {@link requireSession} there.
 */
export interface Request<
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

/**
 * Express middleware that gives every request behind it a session. Express 4 and 5.
 *
 * A store is asked before the handlers run, and only if the request has a session cookie; an encrypted cookie is opened
 * when `request.session` is first used. The session is saved before the response's headers are sent; when that fails,
 * the error goes to Express's error handlers.
 *
 * @example
 * ```ts
 * app.use(sessions(new ServerSideSessionBackend({ store, session: appSession })));
 * ```
 */
export function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options: SessionsOptions = {},
): express.RequestHandler {
  const layer = layerOf(options);
  return (request, response, next) => {
    if (attachedTo(request) !== undefined) return next();
    if (hasSessionOfAnother(request)) return next(anotherLibrary("ran before", toKeepTheOther));
    const scope = toScope(request, layer);
    const handle = openSession<TSession>(backend, scope);
    if (handle === undefined) return next();
    // A router may serve requests of node:http without an application around it.
    const app: object | undefined = request.app;
    addSessionMembers(app === undefined ? request : requestPrototype(app), expressMembers);
    attachSession(request, backend, handle, scope);
    handle.whenUsed(() => commitBeforeHeaders(response, handle, next));
    if (options.load === "on-demand") next();
    else prepareSession(handle, next);
  };
}

/**
 * Wraps a handler that needs more of the session than every visitor has. The session is checked when a request comes;
 * in the handler it has the schema's type. Give a schema that narrows the application's own, such as
 * `AppSession.required({ userId: true })`.
 *
 * A session that does not fit goes to Express's error handlers as a `SessionRequiredError`, whose `status` is 401.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * app.get("/account", requireSession(SignedIn, (req, res) => res.json(req.session.userId)));
 * // Express's types infer parameters for handlers that they see themselves. Behind a wrapper, name them, or import
 * // "typed-session/express-params" for its types.
 * app.get("/orders/:id", requireSession<typeof SignedIn, { id: string }>(SignedIn, (req, res) => res.json(req.params.id)));
 * ```
 */
export function requireSession<
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
): GuardedHandler<P, ResBody, ReqBody, ReqQuery, Locals> {
  return guardHandler(schema, handler);
}

const toKeepTheOther =
  "To keep the other and add types, use typed-session/express-session or typed-session/cookie-session instead.";

/** What other session libraries assign just before they take the session over. */
const expressMembers = {
  ...sessionMembers,
  sessionOptions: takenOver("sessionOptions"), // cookie-session
  sessionStore: takenOver("sessionStore"), // express-session, where the session is null
};

function takenOver(name: string): SessionMember {
  return member(
    name,
    () => undefined,
    () => {
      throw anotherLibrary("is about to take it over", toKeepTheOther);
    },
  );
}

/**
 * What all requests of an application inherit from, those of applications mounted on it included: the session stays when
 * a request leaves one. Express has it in its documentation, and not in its types.
 */
function requestPrototype(app: object): object {
  const around: unknown = Reflect.get(app, "parent");
  return typeof around === "function" ? requestPrototype(around) : Reflect.get(app, "request");
}

function toScope(request: express.Request, layer: Layer): Scope {
  const { method, originalUrl: url, headers } = request;
  return new RequestScope({ method, url, cookie: headers.cookie, isSecure: () => request.secure }, layer);
}
