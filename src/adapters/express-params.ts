/**
 * No exports: types only, that let Express infer a route's parameters behind `requireSession`. Import it once in a program; what it
 * costs the compiler is measured in `docs/performance.md`.
 *
 * @example
 * ```ts
 * import type {} from "typed-session/express-params";
 *
 * app.get("/orders/:id", requireSession(SignedIn, (req, res) => res.json(req.params.id)));
 * ```
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as express from "express";
import type { RouteParameters } from "express-serve-static-core";

/**
 * A guarded handler as a route takes it. What tells it from a plain one stands beside the route's name: of all other handlers, the
 * compiler sees that they are none before it works out what parameters the route has.
 */
interface GuardedHandlerOf<Route extends string> {
  readonly sessionSchema: StandardSchemaV1;
  (
    request: express.Request<RouteParameters<Route>>,
    response: express.Response<any, any>,
    next: express.NextFunction,
  ): unknown;
}

type HandlerOf<Route extends string> = express.RequestHandler<RouteParameters<Route>>;

// Express's own signatures infer a route's parameters only for handlers that they see themselves. Without constraint and
// default of their own, these declarations merge with those of every version. One of any length would be tried, and worked out,
// for every route.
declare module "express-serve-static-core" {
  interface IRouterMatcher<T> {
    <Route extends string>(path: Route, guarded: GuardedHandlerOf<Route>): T;
    <Route extends string>(path: Route, first: HandlerOf<Route>, guarded: GuardedHandlerOf<Route>): T;
    <Route extends string>(
      path: Route,
      first: HandlerOf<Route>,
      second: HandlerOf<Route>,
      guarded: GuardedHandlerOf<Route>,
    ): T;
  }
}
