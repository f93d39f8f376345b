import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { BaseSessionBackend } from "../backends/base.js";
import { toDefinition } from "../definition.js";
import { SessionMissingError, SessionRequiredError } from "../errors.js";
import { andThen } from "../maybe-promise.js";
import type { Scope } from "../scope.js";
import { parseSessionText } from "../serialization.js";
import type { SessionHandle } from "../session-handle.js";
import type { MaybePromise, SessionDict } from "../types.js";

const plainSessions = new WeakMap<object, () => MaybePromise<SessionDict>>();

/** Says how a request's session looks in its stored form: the form that schemas check. It may have to be loaded first. */
export function providePlainSession(request: object, read: () => MaybePromise<SessionDict>): void {
  plainSessions.set(request, read);
}

/** The same for a session of the project's own engine. */
export function provideEngineSession<TSession>(
  request: object,
  backend: BaseSessionBackend<TSession>,
  handle: SessionHandle<TSession>,
  scope: Scope,
): void {
  providePlainSession(request, () =>
    andThen(handle.load(), (session) => parseSessionText(backend.serializeData(session, scope)) ?? {}),
  );
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
    const read = plainSessions.get(request);
    if (read === undefined) {
      throw new SessionMissingError("requireSession found no session: put the session middleware before the routes.");
    }
    return andThen(read(), (session) => {
      const checked = definition.check(session, []);
      if (!checked.ok) throw new SessionRequiredError(checked.issues);
    });
  };
}
