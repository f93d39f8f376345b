import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as express from "express";
import { andThen } from "../maybe-promise.js";
import { createSessionCheck } from "./session-guard.js";

/** What a route parameter, a query, … is while the route does not say. */
export type AnyParams = express.Request["params"];
export type AnyQuery = express.Request["query"];

/** Runs a handler if the request's session fits, at once where the session is there. */
export type SessionGuard = (request: object, next: express.NextFunction, handle: () => unknown) => void;

/**
 * Makes the guard of a schema.
 *
 * @throws SessionConfigError when `schema` is no schema.
 */
export function createSessionGuard(schema: StandardSchemaV1): SessionGuard {
  const check = createSessionCheck(schema);
  return (request, next, handle) => {
    const handled = andThen<void, unknown>(check(request), handle);
    // Express 4 does not look at what a handler returns.
    if (handled instanceof Promise) handled.catch(next);
  };
}
