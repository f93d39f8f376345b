/**
 * An overlay on cookie-session.
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
import { commitBeforeHeaders } from "../adapters/node-response.js";
import { providePlainSession } from "../adapters/session-guard.js";
import type { SessionDefinition } from "../definition.js";
import { SessionConfigError } from "../errors.js";
import type { SessionDict } from "../types.js";
import { overlayLazySession } from "./lazy-session.js";
import type { Overlay } from "./overlay.js";
import { toOverlaySettings, type TypedOptions } from "./typed-options.js";

export type { TypedOptions } from "./typed-options.js";

/** What cookie-session puts on its sessions besides the data. */
export interface CookieSessionMembers {
  /** Whether the session changed in this request. */
  readonly isChanged?: boolean | undefined;
  /** Whether the visitor sent no session. */
  readonly isNew?: boolean | undefined;
  /** Whether there is anything that would be stored. */
  readonly isPopulated?: boolean | undefined;
}

/**
 * Express's `Request` with one more, last type parameter: the session, with cookie-session's members. It is `null` after
 * `req.session = null`. A route takes a handler with it where `CookieSessionObject` is declared to be the application's
 * session, as {@link typed} shows.
 */
export interface Request<
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
  TSession = SessionDict,
>
  extends RequestWithout<"session">, RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals> {
  /** The session; `null` ends it. */
  // As cookie-session's types have it: handlers with this type can be given to a route.
  session?: (TSession & CookieSessionMembers) | null | undefined;
}

/** The request of a handler behind `requireSession`: there is a session. */
interface GuardedRequest<P, ResBody, ReqBody, ReqQuery, Locals extends Record<string, any>, TSession>
  extends RequestWithout<"session">, RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals> {
  session: TSession & CookieSessionMembers;
}

/**
 * Express middleware that gives cookie-session's sessions a type that is checked. Mount it right behind
 * `cookieSession()`.
 *
 * cookie-session stays in charge of the cookie and its signature, and what it stores stays as it is: an instance without
 * this overlay reads what one with it wrote, and the reverse. A session is checked and decoded when `req.session` is first
 * used, and encoded before the host saves it; keys that the schema doesn't know are left alone. That format has no room
 * for a version: `upgrade` is called with version 0 where stored data does not fit.
 *
 * @throws SessionConfigError when `source` is no schema, or the schema rejects `{}`: in cookie-session, every visitor's
 * session begins empty.
 *
 * @example
 * ```ts
 * declare global {
 *   namespace CookieSessionInterfaces {
 *     interface CookieSessionObject extends AppSession {}
 *   }
 * }
 * app.use(cookieSession({ keys }), typed(appSession));
 * ```
 */
export function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options: TypedOptions = {},
): express.RequestHandler {
  const settings = toOverlaySettings(source, options, "cookie-session", () => false);
  return (request, response, next) => {
    if (overlaid.has(request)) return next();
    if (!isHost(request)) return next(missingHost());
    overlaid.add(request);
    const { toStored, checkChanges } = overlayLazySession(request, settings, countWhatIsStored);
    providePlainSession(request, toStored);
    // The host would swallow the error of a session that can't be saved.
    const commit = () => {
      checkChanges();
      return [];
    };
    commitBeforeHeaders(response, { commit, commitLate: () => undefined }, next);
    next();
  };
}

/**
 * Wraps a handler that needs more of the session than every visitor has: see `requireSession` of
 * `typed-session/express`, which does the same for the project's own engine.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * app.get("/account", requireSession(SignedIn, (req, res) => res.json(req.session.userId)));
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
    request: GuardedRequest<P, ResBody, ReqBody, ReqQuery, Locals, StandardSchemaV1.InferOutput<TSchema>>,
    response: express.Response<ResBody, Locals>,
    next: express.NextFunction,
  ) => unknown,
): GuardedHandler<P, ResBody, ReqBody, ReqQuery, Locals> {
  return guardHandler(schema, handler);
}

const overlaid = new WeakSet<object>();

/** The host defines an accessor, and leaves its options beside it. */
function isHost(request: object): boolean {
  return Object.hasOwn(request, "sessionOptions") && Object.hasOwn(request, "session");
}

function missingHost(): SessionConfigError {
  return new SessionConfigError(
    "typed()",
    "found no cookie-session",
    "Mount it behind app.use(cookieSession({ keys })).",
  );
}

/** The host saves a new session where it has any key: defaults of the schema are not for it to count. */
function countWhatIsStored(session: object, overlay: Overlay<object>): void {
  const isPopulated = () => Object.keys(overlay.toStored().data).length > 0;
  Object.defineProperty(session, "isPopulated", { get: isPopulated, configurable: true, enumerable: false });
}
