import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as express from "express";
import { andThen } from "../maybe-promise.js";
import { createSessionCheck } from "./session-guard.js";

/** What a route parameter, a query, … is while the route does not say. */
export type AnyParams = express.Request["params"];
export type AnyQuery = express.Request["query"];

/** What of a request a route says. */
type RouteKeys = "params" | "body" | "query" | "res";

/**
 * A request of Express, but for some of its keys. What routes say of theirs stands apart from the other hundred members,
 * which the compiler would otherwise work out, and compare, for every single route: see docs/performance.md. `any` there
 * lets methods that return the request return that of any route.
 */
export type RequestWithout<K extends PropertyKey> = Omit<express.Request<any, any, any, any, any>, RouteKeys | K>;

/** What a route says of its requests. */
export type RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals extends Record<string, any>> = Pick<
  express.Request<P, ResBody, ReqBody, ReqQuery, Locals>,
  RouteKeys
>;

/** A handler that `requireSession` wrapped. It is more than a plain one, so that routes can tell it their parameters. */
export interface GuardedHandler<
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
> extends express.RequestHandler<P, ResBody, ReqBody, ReqQuery, Locals> {
  /** What the guard asks of a session. */
  readonly sessionSchema: StandardSchemaV1;
}

/** A handler behind a guard, with the request that the guard makes of Express's own. */
type HandlerBehind<TRequest, TResponse> = (
  request: TRequest,
  response: TResponse,
  next: express.NextFunction,
) => unknown;

/**
 * Puts a guard in front of a handler: it runs if the request's session fits, at once where the session is there.
 *
 * @throws SessionConfigError when `schema` is no schema.
 */
export function guardHandler<P, ResBody, ReqBody, ReqQuery, Locals extends Record<string, any>, TRequest>(
  schema: StandardSchemaV1,
  handler: HandlerBehind<TRequest, express.Response<ResBody, Locals>>,
): GuardedHandler<P, ResBody, ReqBody, ReqQuery, Locals> {
  const check = createSessionCheck(schema);
  const guarded: express.RequestHandler<P, ResBody, ReqBody, ReqQuery, Locals> = (request, response, next) => {
    const narrowed: object = request;
    // Behind the check: this is where the narrower type begins.
    const handled = andThen<void, unknown>(check(request), () => handler(narrowed as TRequest, response, next));
    // Express 4 does not look at what a handler returns.
    if (handled instanceof Promise) handled.catch(next);
  };
  return Object.assign(guarded, { sessionSchema: schema });
}
