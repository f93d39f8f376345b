import type { BaseSessionBackend, StoredSession } from "./backends/base.js";
import { SessionLateError, SessionMissingError } from "./errors.js";
import { andThen } from "./maybe-promise.js";
import type { Scope } from "./scope.js";
import { changeSince, snapshotOf, storedForm, type SessionChange, type Snapshot } from "./snapshot.js";
import type { MaybePromise } from "./types.js";

/** One connection's session, from load to commit. */
export interface SessionHandle<TSession> {
  /**
   * Reads what is stored, so that `get` can answer at once. Counts as no use of the session: where the backend answers at
   * once anyway, nothing is read before that.
   */
  prepare(): MaybePromise<void>;
  /** Loads the session; what is stored is read once, however many ask. */
  load(): MaybePromise<TSession>;
  /**
   * The session: the same object until it is replaced or cleared.
   *
   * @throws SessionMissingError when the backend is asynchronous and neither `load` nor `prepare` was awaited before.
   * @throws SessionInvalidError when what is stored has not the declared type, and the definition says `"throw"`.
   */
  get(): TSession;
  /** Replaces the session. `null` clears it. */
  set(session: TSession): void;
  /** Logs out: what is stored goes at commit, and with it the cookie. The session is anonymous from here on. */
  clear(): void;
  /** The id under which the session is stored; `null` where nothing is stored, or the cookie itself holds the session. */
  id(): string | null;
  /** Moves the session to a new id at commit, the old id dead at once: against session fixation, at every login. */
  regenerateId(): void;
  /**
   * Saves what changed; may be called again for later changes. A session that nobody touched costs nothing.
   *
   * @returns the `Set-Cookie` values to send.
   * @throws SessionSerializationError, SessionInvalidError, SessionTooLargeError; nothing is saved then.
   */
  commit(): MaybePromise<readonly string[]>;
  /**
   * Saves what changed when the browser can't be sent a cookie any more: late in a response, or over a WebSocket.
   *
   * @throws SessionLateError when that would be needed: for a session that no store holds yet, a new id, or data in the
   * cookie itself. A logout takes place in the store all the same.
   */
  commitLate(): MaybePromise<void>;
  /** Forgets the session, with what was changed and not saved, and loads it anew. */
  reload(): MaybePromise<TSession>;
}

/** A session in the application's hands, and what is needed to tell later what became of it. */
interface OpenSession<TSession> {
  readonly stored: StoredSession | null;
  /** False where stored data was refused: a write then replaces it, so that what was bad can't come back. */
  readonly mergeable: boolean;
  /** What the session was when the application got it, and after each commit. */
  readonly base: Snapshot;
  /** True where the session was found to have ended elsewhere: nothing of it is saved any more, under no id. */
  readonly isGone: boolean;
  session: TSession;
}

/** Opens the session of one connection. Nothing is read before it is asked for. */
export function createSessionHandle<TSession>(
  backend: BaseSessionBackend<TSession>,
  scope: Scope,
): SessionHandle<TSession> {
  let stored: StoredSession | null | undefined;
  let reading: Promise<void> | undefined;
  let open: OpenSession<TSession> | undefined;
  let ended: StoredSession | "cookie" | null = null;
  let renewId = false;

  const encode = (session: unknown) => backend.encodeSession(session, scope);

  function changeOf({ session, base }: OpenSession<TSession>): SessionChange | undefined {
    return session === null ? undefined : changeSince(base, session, encode);
  }

  function prepare(): MaybePromise<void> {
    if (!backend.readsAtOnce) return readStored();
  }

  function readStored(): MaybePromise<void> {
    if (stored !== undefined) return;
    if (reading !== undefined) return reading;
    const found = backend.read(scope);
    if (!(found instanceof Promise)) {
      stored = found;
      return;
    }
    const pending: Promise<void> = found.then((late) => {
      // A reload meanwhile made this reading an old one.
      if (reading === pending) stored = late;
    });
    return (reading = pending);
  }

  function opened(): OpenSession<TSession> {
    if (open !== undefined) return open;
    const pending = readStored();
    if (stored !== undefined) return (open = openSession(backend, scope, stored));
    pending?.catch(() => {}); // whoever awaits the load gets its error
    throw new SessionMissingError("The session is not loaded yet. Await `loadSession()` before its first use.");
  }

  function clear(): void {
    ended ??= opened().stored ?? "cookie";
    open = openSession(backend, scope, null);
  }

  function commit(): MaybePromise<readonly string[]> {
    if (open === undefined) return [];
    if (open.session === null && open.base.kind !== "none") clear();
    if (ended === null) return save(open);
    return andThen(backend.remove(scope, ended === "cookie" ? null : ended), (expiry) => {
      ended = null;
      return andThen(save(opened()), (setCookies) => (setCookies.length > 0 ? setCookies : expiry));
    });
  }

  function save(now: OpenSession<TSession>): MaybePromise<readonly string[]> {
    if (now.isGone) return [];
    const change = changeOf(now);
    if (change !== undefined) {
      const text = JSON.stringify(change.mine);
      backend.assertFits(change.mine, text, scope);
      return write(now, change.base, text);
    }
    const text = renewId ? storedForm(now.base, encode) : null;
    if (text !== null) return write(now, text, text);
    return now.stored !== null && now.mergeable && backend.isRenewalDue(now.stored)
      ? backend.renew(scope, now.stored)
      : [];
  }

  function write(now: OpenSession<TSession>, base: string, mine: string): MaybePromise<readonly string[]> {
    const merge = (theirs: StoredSession | null) =>
      theirs === null || !now.mergeable
        ? { text: mine, version: backend.definition.version }
        : backend.mergeChanges(theirs, base, mine);
    return andThen(backend.write(scope, now.stored, merge, renewId), (written) => {
      renewId = false;
      const { stored: after, setCookies } = written;
      // A reload meanwhile may have put another session there.
      if (open !== now) return setCookies;
      const base: Snapshot = { kind: "text", text: mine };
      open = { stored: after, mergeable: true, base, isGone: after === null, session: now.session };
      return setCookies;
    });
  }

  function commitLate(): MaybePromise<void> {
    if (open === undefined) return;
    if (open.session === null && open.base.kind !== "none") clear();
    if (ended === null) return saveLate(open);
    if (ended === "cookie" || ended.id === null) throw new SessionLateError();
    return andThen(backend.remove(scope, ended), () => {
      ended = null;
      return saveLate(opened());
    });
  }

  function saveLate(now: OpenSession<TSession>): MaybePromise<void> {
    if (now.isGone) return;
    const isKnown = (now.stored?.id ?? null) !== null && !renewId;
    if (isKnown) return andThen(save(now), () => undefined);
    if (changeOf(now) !== undefined || renewId) throw new SessionLateError();
  }

  function reload(): MaybePromise<TSession> {
    stored = undefined;
    reading = undefined;
    open = undefined;
    ended = null;
    renewId = false;
    return load();
  }

  function load(): MaybePromise<TSession> {
    // Again where a reload took the place of what was waited for.
    return andThen(readStored(), () => (stored === undefined ? load() : opened().session));
  }

  return {
    prepare,
    load,
    get: () => opened().session,
    set: (session) => {
      opened().session = session;
    },
    clear,
    id: () => opened().stored?.id ?? null,
    regenerateId: () => {
      opened();
      renewId = true;
    },
    commit,
    commitLate,
    reload,
  };
}

function openSession<TSession>(
  backend: BaseSessionBackend<TSession>,
  scope: Scope,
  stored: StoredSession | null,
): OpenSession<TSession> {
  const opened = stored === null ? null : backend.openStored(stored, scope);
  if (opened !== null)
    return { stored, mergeable: true, base: opened.snapshot, isGone: false, session: opened.session };
  const session = backend.definition.anonymous();
  const base = snapshotOf(session, (anonymous) => backend.encodeSession(anonymous, scope));
  return { stored, mergeable: stored === null, base, isGone: false, session };
}
