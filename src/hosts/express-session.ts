/**
 * An overlay on express-session.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as express from "express";
import {
  guardHandler,
  type AnyParams,
  type AnyQuery,
  type GuardedHandler,
  type RequestWithout,
  type RouteMembers,
} from "../adapters/express-guard.js";
import { providePlainSession } from "../adapters/session-guard.js";
import type { SessionDefinition } from "../definition.js";
import { overlayRequest } from "./express-session-request.js";
import { toOverlaySettings, type TypedOptions } from "./typed-options.js";

export type { TypedOptions } from "./typed-options.js";

/**
 * Express middleware that gives express-session's sessions a type that is checked. Mount it right behind `session()`.
 *
 * express-session stays in charge of ids, cookies, store and saving, and its stored format stays as it is: an instance
 * without this overlay reads what one with it wrote, and the reverse. Stored data is checked and decoded when a request
 * comes, and encoded before the host saves it; keys that the schema doesn't know are left alone. That format has no
 * room for a version: `upgrade` is called with version 0 where stored data does not fit.
 *
 * @throws SessionConfigError when `source` is no schema, or the schema rejects `{}`: in express-session, every visitor's
 * session begins empty.
 *
 * @example
 * ```ts
 * declare module "express-session" {
 *   interface SessionData extends AppSession {}
 * }
 * app.use(session({ secret, store, resave: false, saveUninitialized: false }), typed(appSession));
 * ```
 */
export function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options: TypedOptions = {},
): express.RequestHandler {
  const settings = toOverlaySettings(source, options, "express-session", (key) => key === "cookie");
  return (request, response, next) => {
    try {
      const overlay = overlayRequest(request, response, settings, next);
      if (overlay !== undefined) providePlainSession(request, overlay);
    } catch (error) {
      return next(error);
    }
    next();
  };
}

/** Express's `Request` with express-session's members and a session of one's own type. */
export interface Request<
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
  TSession = unknown,
>
  extends RequestWithout<"session">, RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals> {
  /** The session, with express-session's members. */
  session: express.Request["session"] & TSession;
}

/**
 * Wraps a handler that needs more of the session than every visitor has: see `requireSession` of
 * `typed-session/express`, which does the same for the project's own engine.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * app.get("/account/:id", requireSession(SignedIn, (req, res) => res.json(req.session.userId)));
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
