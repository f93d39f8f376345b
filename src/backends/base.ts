import { applyChanges, copyOf, isCopyOf } from "../changes.js";
import type { SessionDefinition } from "../definition.js";
import { SessionInvalidError } from "../errors.js";
import { isObject } from "../is-object.js";
import { resolveTypeDecoders, resolveTypeEncoders, type Scope } from "../scope.js";
import { isPlainObject, parseSessionText, toPlainData } from "../serialization.js";
import { snapshotOf, type EncodeSession, type Snapshot } from "../snapshot.js";
import type { MaybePromise, SessionDict } from "../types.js";
import type { Lifetime } from "./lifetime.js";
import type { ResolvedBackendOptions } from "./options.js";

/** A session's text to be stored, and the version of the schema that it has the form of. */
export interface SessionText {
  /** JSON: the session as the definition's `encode` and the type encoders wrote it. */
  readonly text: string;
  /** The definition's version at that time, 1 or more. */
  readonly version: number;
}

/** A session as it was found: in the cookie, or in the store. */
export interface StoredSession extends SessionText, Lifetime {
  /** The id under which it is stored; `null` where the cookie itself holds the session. */
  readonly id: string | null;
  /** The store's own mark of this state, for compare-and-set; `null` where there is no store. */
  readonly token: string | null;
  /** What a session that a cookie holds is revoked by; `null` where a store holds it. */
  readonly serial: string | null;
  /** What sessions of one user have in common in the store: see `userId`. `null` for a session of nobody. */
  readonly group: string | null;
}

/** A stored session that was opened, and what it was then. */
export interface OpenedSession<TSession> {
  /** The session, checked. */
  readonly session: TSession;
  /** What it is compared with at commit. */
  readonly snapshot: Snapshot;
}

/** What writing gave. */
export interface WrittenSession {
  /** What is stored now; `null` where the session had ended elsewhere meanwhile: nothing was written then. */
  readonly stored: StoredSession | null;
  /** The `Set-Cookie` values to send. */
  readonly setCookies: readonly string[];
}

/** Makes the text to store out of what is stored now, `null` for nothing. It may be called several times. */
export type MergeSession = (theirs: StoredSession | null) => SessionText;

/**
 * Turns a connection into a session and back. The two that come with the library are `ClientSideSessionBackend` and
 * `ServerSideSessionBackend`.
 *
 * @example
 * ```ts
 * function backendOf(store: Store | undefined): BaseSessionBackend<AppSession> {
 *   return store === undefined
 *     ? new ClientSideSessionBackend({ secret, session: appSession })
 *     : new ServerSideSessionBackend({ store, session: appSession });
 * }
 * ```
 */
export abstract class BaseSessionBackend<TSession = SessionDict> {
  /** The options, with their defaults. */
  readonly options: ResolvedBackendOptions;
  /** What sessions are. */
  readonly definition: SessionDefinition<TSession>;
  #hasWarned = false;

  constructor(options: ResolvedBackendOptions, definition: SessionDefinition<TSession>) {
    this.options = options;
    this.definition = definition;
  }

  /** Whether `read` answers at once, never by a promise: then it is not called before the session is used. */
  get readsAtOnce(): boolean {
    return false;
  }

  /**
   * Finds the connection's session. Cookies that are not genuine, or not current, give `null`.
   *
   * @throws SessionStoreError when the store holds something else under the session's key.
   */
  abstract read(scope: Scope): MaybePromise<StoredSession | null>;
  /**
   * Stores a session, new or changed.
   *
   * @param stored - what `read` found; `null` for a session that is new
   * @param merge - makes the text to store; called again where another request was faster
   * @param renewId - whether the session moves to a new id, the old one dead at once
   * @throws SessionInvalidError when it does not have the declared type.
   * @throws SessionTooLargeError when it does not fit into its cookies.
   * @throws SessionConflictError when too many overlapping requests changed it first.
   * @throws SessionStoreError when the store holds something else under the session's key.
   */
  abstract write(
    scope: Scope,
    stored: StoredSession | null,
    merge: MergeSession,
    renewId: boolean,
  ): MaybePromise<WrittenSession>;
  /**
   * Gives a stored session its whole lifetime again, unchanged.
   *
   * @returns the `Set-Cookie` values to send.
   * @throws SessionTooLargeError when it does not fit into its cookies, which may be fewer than it was written into.
   * @throws SessionStoreError when the store does not answer.
   */
  abstract renew(scope: Scope, stored: StoredSession): MaybePromise<readonly string[]>;
  /**
   * Forgets a session, and the connection's cookie.
   *
   * @returns the `Set-Cookie` values to send.
   * @throws SessionStoreError when the store does not answer.
   */
  abstract remove(scope: Scope, stored: StoredSession | null): MaybePromise<readonly string[]>;

  /**
   * The session as JSON text: the definition's encoding, then the type encoders of the connection's route up to its
   * application.
   *
   * @throws SessionSerializationError names the path of a value that JSON would change or lose.
   */
  serializeData(session: TSession, scope: Scope): string {
    return JSON.stringify(this.encodeSession(session, scope));
  }

  /**
   * What {@link serializeData} writes, as data. It may have objects in common with the session.
   *
   * @throws SessionSerializationError names the path of a value that JSON would change or lose.
   */
  encodeSession(session: unknown, scope: Scope): SessionDict {
    if (!isObject(session)) return {};
    return toPlainData(this.definition.encode(session), resolveTypeEncoders(scope));
  }

  /**
   * A session of the declared type from JSON text: upgraded, decoded and checked.
   *
   * @param fromVersion - the version of the schema that the text has the form of; default: the present one
   * @throws SessionInvalidError when the text is no session of that type.
   */
  deserializeData(text: string, scope: Scope, fromVersion: number = this.definition.version): NonNullable<TSession> {
    return this.#check(this.#upgrade(parseOrRefuse(text), fromVersion), scope, "stored");
  }

  /**
   * What is stored, as a session; `null` where it is refused and the policy says anonymous.
   *
   * @throws SessionInvalidError when it is refused and the policy says `"throw"`, or what the policy gave in its place is
   * refused as well.
   */
  openStored(stored: SessionText, scope: Scope): OpenedSession<NonNullable<TSession>> | null {
    try {
      const data = this.#upgrade(parseOrRefuse(stored.text), stored.version);
      const session = this.#check(data, scope, "stored");
      return { session, snapshot: this.#snapshotOf(session, data, stored, scope) };
    } catch (error) {
      if (!(error instanceof SessionInvalidError)) throw error;
      const session = this.#openRefused(error, stored, scope);
      return session === null ? null : { session, snapshot: this.#snapshotOf(session, undefined, stored, scope) };
    }
  }

  /**
   * @param data - a changed session in its stored form, and the same as JSON
   * @throws SessionInvalidError when it would be refused at its next load.
   */
  assertFits(data: SessionDict, text: string, scope: Scope): void {
    // A schema that transforms might change what it is given, and that may be the session itself.
    this.#check(this.definition.storesAsIs() ? data : parseOrRefuse(text), scope, "changed");
  }

  /**
   * Applies to what is stored now what a request changed, key by key. All texts are in their stored form.
   *
   * @param theirs - what is stored now
   * @param base - what the request got
   * @param mine - what the request made of it
   * @throws SessionInvalidError when one of the texts is no JSON object.
   */
  mergeChanges(theirs: SessionText, base: string, mine: string): SessionText {
    const { version } = this.definition;
    if (theirs.text === base && theirs.version === version) return { text: mine, version };
    const stored = this.#upgrade(parseOrRefuse(theirs.text), theirs.version);
    const merged = applyChanges(isObject(stored) ? stored : {}, parseOrRefuse(base), parseOrRefuse(mine));
    // A newer instance may have stored a newer form: what it upgraded must not be upgraded again.
    return { text: JSON.stringify(merged), version: Math.max(theirs.version, version) };
  }

  /** To be called where a cookie is set: says once that a browser may never send it back. */
  protected warnIfInsecure({ secure }: Scope): void {
    if (secure !== false || !this.options.cookie.secure || this.#hasWarned) return;
    this.#hasWarned = true;
    process.emitWarning(
      `The cookie "${this.options.key}" is for HTTPS only, and this request came by plain HTTP: browsers drop it. ` +
        "Behind a proxy, tell the framework to trust it (Express: app.set('trust proxy', 1)). " +
        "Without HTTPS, set NODE_ENV=development or `secure: false`.",
      { code: "TYPED_SESSION_INSECURE", type: "SessionWarning" },
    );
  }

  /** Says that a cookie was not genuine, or had ended: there is no session. */
  protected rejectCookie(): null {
    this.options.onEvent({ type: "cookie-rejected" });
    return null;
  }

  /** Says that a session had ended when it was to be written: nothing was. */
  protected dropGone(): WrittenSession {
    this.options.onEvent({ type: "session-gone" });
    // No expired cookie: the browser may hold a newer session by now, and this answer must not take it away.
    return { stored: null, setCookies: [] };
  }

  #snapshotOf(session: NonNullable<TSession>, data: unknown, stored: SessionText, scope: Scope): Snapshot {
    const { text, version } = stored;
    const isCurrent = version === this.definition.version;
    const isAsStored = isCurrent && this.definition.storesAsIs();
    if (isAsStored && data === session) {
      return { kind: "data", data: () => parseOrRefuse(text), origin: { text, data: null } };
    }
    if (!isPlainObject(data) || !isPlainObject(session)) return snapshotOf(session, this.#encoderFor(scope));
    const origin = isCurrent ? { text, data: isAsStored ? null : data } : null;
    if (isCopyOf(data, session)) return { kind: "data", data: () => data, origin };
    const copy = copyOf(session);
    if (copy === undefined) return snapshotOf(session, this.#encoderFor(scope));
    return { kind: "data", data: () => copy, origin: origin && { text, data } };
  }

  #encoderFor(scope: Scope): EncodeSession {
    return (session) => this.encodeSession(session, scope);
  }

  #upgrade(raw: SessionDict, fromVersion: number): unknown {
    const { upgrade, version } = this.definition;
    return upgrade !== undefined && fromVersion < version ? upgrade(raw, fromVersion) : raw;
  }

  #check(raw: unknown, scope: Scope, origin: "stored" | "changed"): NonNullable<TSession> {
    const checked = this.definition.check(raw, resolveTypeDecoders(scope));
    if (checked.ok) return checked.session;
    throw new SessionInvalidError(origin, checked.issues);
  }

  #openRefused(error: SessionInvalidError, { text }: SessionText, scope: Scope): NonNullable<TSession> | null {
    const { onInvalid } = this.definition;
    this.options.onEvent({ type: "session-invalid", error });
    if (onInvalid === "throw") throw error;
    if (onInvalid === "anonymous") return null;
    const replacement = onInvalid(error, parseSessionText(text) ?? {});
    return replacement === undefined ? null : this.#check(replacement, scope, "stored");
  }
}

function parseOrRefuse(text: string): SessionDict {
  const raw = parseSessionText(text);
  if (raw === undefined) throw new SessionInvalidError("stored", [{ path: "", message: "It is not a JSON object" }]);
  return raw;
}
