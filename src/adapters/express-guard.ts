import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as express from "express";
import { toDefinition } from "../definition.js";
import { SessionMissingError, SessionRequiredError } from "../errors.js";
import type { MaybePromise, SessionDict } from "../types.js";

/** What a route parameter, a query, … is while the route does not say. */
export type AnyParams = express.Request["params"];
export type AnyQuery = express.Request["query"];

const plainSessions = new WeakMap<object, () => MaybePromise<SessionDict>>();

/** Says how a request's session looks in its stored form: the form that schemas check. It may have to be loaded first. */
export function providePlainSession(request: object, read: () => MaybePromise<SessionDict>): void {
  plainSessions.set(request, read);
}

/** Runs a handler if the request's session fits, at once where the session is there. */
export type SessionGuard = (request: object, next: express.NextFunction, handle: () => unknown) => unknown;

/**
 * Makes the guard of a schema.
 *
 * @throws SessionConfigError when `schema` is no schema.
 */
export function createSessionGuard(schema: StandardSchemaV1): SessionGuard {
  const definition = toDefinition({ session: schema });

  function assertFits(session: SessionDict): void {
    const checked = definition.check(session, []);
    if (!checked.ok) throw new SessionRequiredError(checked.issues);
  }

  return (request, next, handle) => {
    const read = plainSessions.get(request);
    if (read === undefined) {
      throw new SessionMissingError("requireSession found no session: put the session middleware before the routes.");
    }
    const session = read();
    if (session instanceof Promise) {
      // Express 4 does not look at what a handler returns.
      return session.then(assertFits).then(handle).catch(next);
    }
    assertFits(session);
    return handle();
  };
}
