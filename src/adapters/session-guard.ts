import type { StandardSchemaV1 } from "@standard-schema/spec";
import { toDefinition } from "../definition.js";
import { SessionMissingError, SessionRequiredError } from "../errors.js";
import { andThen } from "../maybe-promise.js";
import type { MaybePromise, SessionDict } from "../types.js";
import { attachedTo, plainSession } from "./attach-session.js";

const plainSessions = new WeakMap<object, () => MaybePromise<SessionDict>>();

/** Says how the session of a request that another library serves looks in its stored form: the form that schemas check. It may have to be loaded first. */
export function providePlainSession(request: object, read: () => MaybePromise<SessionDict>): void {
  plainSessions.set(request, read);
}

function readPlainSession(request: object): MaybePromise<SessionDict> {
  const attached = attachedTo(request);
  if (attached !== undefined) return plainSession(attached);
  const read = plainSessions.get(request);
  if (read !== undefined) return read();
  throw new SessionMissingError("requireSession found no session: put the session middleware before the routes.");
}

/**
 * Makes the check of a schema for `requireSession`. It throws, at once where the session is there:
 * `SessionRequiredError` for a session that does not fit, `SessionMissingError` where there is none to check.
 *
 * @throws SessionConfigError when `schema` is no schema.
 */
export function createSessionCheck(schema: StandardSchemaV1): (request: object) => MaybePromise<void> {
  const definition = toDefinition({ session: schema });
  return (request) => {
    return andThen(readPlainSession(request), (session) => {
      const checked = definition.check(session, []);
      if (!checked.ok) throw new SessionRequiredError(checked.issues);
    });
  };
}
