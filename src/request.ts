import { SessionMissingError } from "./errors.js";
import type { Scope } from "./scope.js";
import type { SessionHandle } from "./session-handle.js";
import type { DefaultSession, MaybePromise } from "./types.js";

/** What every connection offers for its session, whatever the session's type. */
export interface SessionControls {
  /**
   * Logs out: the stored session and the cookie go, and the session is anonymous from here on.
   *
   * @throws SessionMissingError when no session middleware served this connection, or nobody loaded the session yet.
   */
  clearSession(): void;
  /**
   * The id under which the session is stored; `null` where nothing is stored, or the cookie itself holds it.
   *
   * @throws SessionMissingError when no session middleware served this connection, or nobody loaded the session yet.
   */
  getSessionId(): string | null;
  /**
   * Moves the session to a new id. Do so at every login and change of rights, against session fixation (OWASP Session
   * Management Cheat Sheet).
   *
   * @throws SessionMissingError when no session middleware served this connection, or nobody loaded the session yet.
   */
  regenerateSession(): void;
}

/** What every connection offers for its session, whatever the framework. */
export interface SessionConnection<TSession = DefaultSession> extends SessionControls {
  /** The session. Change it in place, or replace it; `null` clears it. It is saved when the response begins. */
  session: TSession;
  /**
   * Loads the session. Needed before `session` only where nobody did so before: see the adapter.
   *
   * @throws SessionMissingError when no session middleware served this connection.
   * @throws SessionInvalidError when what is stored does not have the declared type, and the definition says `"throw"`.
   */
  loadSession(): MaybePromise<TSession>;
  /**
   * Replaces the session.
   *
   * @throws SessionMissingError when no session middleware served this connection, or nobody loaded the session yet.
   */
  setSession(session: TSession): void;
}

/**
 * A `SessionConnection` without a type parameter, for a framework's own declarations to inherit from: what inherits from a
 * generic interface is made anew for every route that has parameters of its own. See docs/performance.md.
 */
export interface DefaultConnection extends SessionControls {
  /** The session. Change it in place, or replace it; `null` clears it. It is saved when the response begins. */
  session: DefaultSession;
  /**
   * Loads the session. Needed before `session` only where nobody did so before: see the adapter.
   *
   * @throws SessionMissingError when no session middleware served this connection.
   * @throws SessionInvalidError when what is stored does not have the declared type, and the definition says `"throw"`.
   */
  loadSession(): MaybePromise<DefaultSession>;
  /**
   * Replaces the session.
   *
   * @throws SessionMissingError when no session middleware served this connection, or nobody loaded the session yet.
   */
  setSession(session: DefaultSession): void;
}

/**
 * A connection with its session.
 *
 * The type parameters are those of v2 plus `TSession`, last and defaulted: code that names none of them, or one, two or
 * three, stays valid. Without `TSession` the session is the registered one, else a dict.
 *
 * Every member of the session throws a {@link SessionMissingError} where no session middleware served the connection.
 *
 * @example
 * ```ts
 * async function isSignedIn({ session }: Connection<User, Auth, State, AppSession>) { return session.userId !== undefined; }
 * ```
 */
export class Connection<
  User = unknown,
  Auth = unknown,
  // Any key: the state of v2.
  State extends object = Record<string, any>,
  TSession = DefaultSession,
> implements SessionConnection<TSession> {
  /** What the connection is to the backend. */
  readonly scope: Scope;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** The authenticated user, as the application's own middleware put it into the scope. */
  get user(): User {
    return fromApplication<User>(this.scope.user);
  }

  /** Further authentication data, as the application's own middleware put it into the scope. */
  get auth(): Auth {
    return fromApplication<Auth>(this.scope.auth);
  }

  /** Free data of this connection. */
  get state(): State {
    return fromApplication<State>(this.scope.state);
  }

  /** The path as the client sent it, without the query. */
  get path(): string {
    return this.scope.path;
  }

  /** Header values by lower-case name. */
  get headers(): Readonly<Record<string, string | undefined>> {
    return this.scope.headers;
  }

  /**
   * The session. Change it in place, or replace it; `null` clears it. It is saved when the response begins.
   *
   * @throws SessionMissingError when no session middleware served this connection, or nobody loaded the session yet.
   * @throws SessionInvalidError when what is stored does not have the declared type, and the definition says `"throw"`.
   */
  get session(): TSession {
    return handleOf<TSession>(this.scope).get();
  }

  set session(session: TSession) {
    handleOf<TSession>(this.scope).set(session);
  }

  loadSession(): MaybePromise<TSession> {
    return handleOf<TSession>(this.scope).load();
  }

  setSession(session: TSession): void {
    handleOf<TSession>(this.scope).set(session);
  }

  clearSession(): void {
    handleOf<TSession>(this.scope).clear();
  }

  getSessionId(): string | null {
    return handleOf<TSession>(this.scope).id();
  }

  regenerateSession(): void {
    handleOf<TSession>(this.scope).regenerateId();
  }
}

/**
 * An HTTP request with its session.
 *
 * @example
 * ```ts
 * async function view(request: Request<User, Auth, State, AppSession>) { return request.session.cart.length; }
 * async function legacy(request: Request) { return request.session["anything"]; }
 * ```
 */
export class Request<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = DefaultSession,
> extends Connection<User, Auth, State, TSession> {
  /** The request's method, in capitals. */
  get method(): string {
    return this.scope.method;
  }
}

/**
 * A WebSocket with the session that it was opened with. No response follows that could carry a cookie, and other requests
 * may change the session while it is open: saving and loading are said, not done by themselves.
 *
 * @example
 * ```ts
 * const socket = await sessions.connect(scope);
 * socket.session.cart.push(item);
 * await socket.save();
 * ```
 */
export class WebSocket<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = DefaultSession,
> extends Connection<User, Auth, State, TSession> {
  /**
   * Saves what changed. What other requests changed meanwhile is kept, key by key.
   *
   * @throws SessionMissingError when no session middleware served this connection.
   * @throws SessionLateError when the browser would need a cookie: for a session that no store holds yet, for a new id,
   * and where the cookie itself holds the session.
   */
  async save(): Promise<void> {
    await handleOf<TSession>(this.scope).commitLate();
  }

  /**
   * Loads the session as it is now, without what was changed here and not saved. Anonymous after a logout elsewhere.
   *
   * @throws SessionMissingError when no session middleware served this connection.
   */
  async reload(): Promise<TSession> {
    return handleOf<TSession>(this.scope).reload();
  }
}

// The scope is untyped where the application's own types begin: the type parameters are its promise, as in v2. For the
// session, the backend's check keeps that promise, and adapters compare its type with the registered one.
function fromApplication<T>(value: unknown): T {
  return value as T;
}

function handleOf<TSession>(scope: Scope): SessionHandle<TSession> {
  if (scope.session !== undefined) return fromApplication<SessionHandle<TSession>>(scope.session);
  throw new SessionMissingError(
    `There is no session for ${scope.method} ${scope.path}: no session middleware ran before, or it excludes this route.`,
  );
}
