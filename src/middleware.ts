import type { BaseSessionBackend } from "./backends/base.js";
import { commitSession, type SessionHeaders } from "./commit-session.js";
import { openSession } from "./open-session.js";
import { WebSocket } from "./request.js";
import type { Scope } from "./scope.js";
import type { SessionHandle } from "./session-handle.js";
import type { MaybePromise } from "./types.js";

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
    return openSession(this.backend, scope);
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
}
