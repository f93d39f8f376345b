import { StandardSchemaV1 } from "@standard-schema/spec";
import * as express from "express";
import { RouteParameters } from "express-serve-static-core";
interface GuardedHandlerOf<Route extends string> {
  readonly sessionSchema: StandardSchemaV1;
  (
    request: express.Request<RouteParameters<Route>>,
    response: express.Response<any, any>,
    next: express.NextFunction,
  ): unknown;
}
type HandlerOf<Route extends string> = express.RequestHandler<RouteParameters<Route>>;
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
