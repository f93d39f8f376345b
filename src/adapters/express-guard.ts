import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as express from "express";
import { toDefinition } from "../definition.js";
import { SessionMissingError, SessionRequiredError } from "../errors.js";
import type { SessionDict } from "../types.js";

/** What a route parameter, a query, … is while the route does not say. */
export type AnyParams = express.Request["params"];
export type AnyQuery = express.Request["query"];

const plainSessions = new WeakMap<object, () => SessionDict>();

/** Says how a request's session looks in its stored form: the form that schemas check. */
export function providePlainSession(request: object, read: () => SessionDict): void {
  plainSessions.set(request, read);
}

/**
 * Makes a check of a schema, to be run before a handler.
 *
 * @throws SessionConfigError when `schema` is no schema.
 */
export function createSessionCheck(schema: StandardSchemaV1): (request: object) => void {
  const definition = toDefinition({ session: schema });
  return (request) => {
    const read = plainSessions.get(request);
    if (read === undefined) {
      throw new SessionMissingError("requireSession found no session: put the session middleware before the routes.");
    }
    const checked = definition.check(read(), []);
    if (!checked.ok) throw new SessionRequiredError(checked.issues);
  };
}
