import type { BaseSessionBackend } from "../backends/base.js";
import { andThen } from "../maybe-promise.js";
import type { SessionConnection } from "../request.js";
import type { Scope } from "../scope.js";
import { parseSessionText } from "../serialization.js";
import type { SessionHandle } from "../session-handle.js";
import { providePlainSession } from "./session-guard.js";

const accessors = new WeakSet<object>();

/** Says of a getter of `request.session` that it gives the engine's session. */
export function markAccessor<T extends () => unknown>(get: T): T {
  accessors.add(get);
  return get;
}

/** Whether `request.session` is the engine's still. A library that ran later may have put its own there. */
export function holdsSession(request: object): boolean {
  const get = Object.getOwnPropertyDescriptor(request, "session")?.get;
  return get !== undefined && accessors.has(get);
}

/**
 * Gives a framework's request the members of a session, and `requireSession` what it checks.
 *
 * @param assertOwn - throws where an assignment to `request.session` is not the application's.
 */
export function attachSession<TSession>(
  request: object,
  backend: BaseSessionBackend<TSession>,
  handle: SessionHandle<TSession>,
  scope: Scope,
  assertOwn: () => void = () => {},
): void {
  Object.defineProperty(request, "session", {
    configurable: true,
    enumerable: true,
    get: markAccessor(() => handle.get()),
    set: (session: TSession) => {
      assertOwn();
      handle.set(session);
    },
  });
  const methods = {
    loadSession: () => handle.load(),
    setSession: (session: TSession) => handle.set(session),
    clearSession: () => handle.clear(),
    getSessionId: () => handle.id(),
    regenerateSession: () => handle.regenerateId(),
  } satisfies Omit<SessionConnection<TSession>, "session">;
  Object.assign(request, methods);
  providePlainSession(request, () =>
    andThen(handle.load(), (session) => parseSessionText(backend.serializeData(session, scope)) ?? {}),
  );
}
