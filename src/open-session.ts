import type { BaseSessionBackend } from "./backends/base.js";
import { resolveOpt, type Scope } from "./scope.js";
import { createSessionHandle, type SessionHandle } from "./session-handle.js";

/** Opens the connection's session and puts it into the scope. `undefined` where the connection is to have none. */
export function openSession<TSession>(
  backend: BaseSessionBackend<TSession>,
  scope: Scope,
): SessionHandle<TSession> | undefined {
  const { exclude, excludeOptKey, scopes } = backend.options;
  const isExcluded =
    !scopes.includes(scope.type) ||
    exclude.some((pattern) => pattern.test(scope.path)) ||
    resolveOpt(scope, excludeOptKey) === true;
  return isExcluded ? undefined : (scope.session = createSessionHandle(backend, scope));
}
