import type { SessionConnection } from "../request.js";
import type { SessionHandle } from "../session-handle.js";

/** Gives a framework's request the members of a session. */
export function attachSession<TSession>(request: object, handle: SessionHandle<TSession>): void {
  Object.defineProperty(request, "session", {
    configurable: true,
    enumerable: true,
    get: () => handle.get(),
    set: (session: TSession) => handle.set(session),
  });
  const methods = {
    loadSession: () => handle.load(),
    setSession: (session: TSession) => handle.set(session),
    clearSession: () => handle.clear(),
    getSessionId: () => handle.id(),
    regenerateSession: () => handle.regenerateId(),
  } satisfies Omit<SessionConnection<TSession>, "session">;
  Object.assign(request, methods);
}
