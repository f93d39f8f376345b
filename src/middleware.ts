import type { BaseSessionBackend } from "./backends/base.js";
import { andThen } from "./maybe-promise.js";
import { WebSocket } from "./request.js";
import { resolveOpt, type Scope } from "./scope.js";
import { createSessionHandle, type SessionHandle } from "./session-handle.js";
import type { MaybePromise } from "./types.js";

/** What a response needs for the session: header names and values, in order. `Set-Cookie` may come several times. */
export type SessionHeaders = readonly (readonly [name: string, value: string])[];

/**
 * Loads a connection's session, hands it over, and commits it. Knows no framework: adapters are built on it.
 *
 * @example
 * ```ts
 * const sessions = new SessionMiddleware(backend);
 * const { result, headers } = await sessions.handle(scope, () => view(new Request(scope)));
 * ```
 */
export class SessionMiddleware<TSession> {
  /** Whose sessions these are. */
  readonly backend: BaseSessionBackend<TSession>;

  constructor(backend: BaseSessionBackend<TSession>) {
    this.backend = backend;
  }

  /** Opens the connection's session and puts it into the scope. `undefined` where the connection is to have none. */
  open(scope: Scope): SessionHandle<TSession> | undefined {
    if (this.#isExcluded(scope)) return undefined;
    const handle = createSessionHandle(this.backend, scope);
    scope.session = handle;
    return handle;
  }

  /**
   * Serves one connection: what is stored is there when `serve` begins, and what it changed is saved when it ends.
   *
   * @returns what `serve` returned, and the headers that the response needs.
   * @throws what `serve` throws; nothing is saved then.
   * @throws SessionInvalidError, SessionSerializationError or SessionTooLargeError when the session can't be saved, and
   * SessionConflictError when too many overlapping requests changed it first: see {@link commitSession}.
   */
  async handle<T>(scope: Scope, serve: () => MaybePromise<T>): Promise<{ result: T; headers: SessionHeaders }> {
    const handle = this.open(scope);
    await handle?.prepare();
    const result = await serve();
    const headers = handle === undefined ? [] : await commitSession(handle);
    return { result, headers };
  }

  /** Opens a WebSocket's session from the headers of its handshake, and loads it. `save` and `reload` are its own. */
  async connect(scope: Scope): Promise<WebSocket<unknown, unknown, Record<string, unknown>, TSession>> {
    await this.open(scope)?.load();
    return new WebSocket(scope);
  }

  #isExcluded(scope: Scope): boolean {
    const { exclude, excludeOptKey, scopes } = this.backend.options;
    return (
      !scopes.includes(scope.type) ||
      exclude.some((pattern) => pattern.test(scope.path)) ||
      resolveOpt(scope, excludeOptKey) === true
    );
  }
}

/**
 * Saves what changed, and says which headers the response needs for it.
 *
 * A response that sets a session is for one visitor only: shared caches must not keep it (RFC 9111, section 7.3).
 *
 * @throws SessionInvalidError when the session does not have the declared type any more.
 * @throws SessionSerializationError when JSON can't hold it.
 * @throws SessionTooLargeError when it does not fit into its cookies. Nothing is saved in any of these cases.
 * @throws SessionConflictError when too many overlapping requests changed it first.
 *
 * @example
 * ```ts
 * const handle = middleware.open(scope);
 * await serve();
 * if (handle !== undefined) for (const [name, value] of await commitSession(handle)) response.appendHeader(name, value);
 * ```
 */
export function commitSession(handle: SessionHandle<unknown>): MaybePromise<SessionHeaders> {
  return andThen(handle.commit(), (setCookies) =>
    setCookies.length === 0
      ? []
      : [
          ...setCookies.map((value) => ["Set-Cookie", value] as const),
          ["Cache-Control", "private"] as const,
          ["Vary", "Cookie"] as const,
        ],
  );
}
