import type { BaseSessionBackend, MergeSession, SessionText, StoredSession } from "./backends/base.js";
import { isRenewalDue } from "./backends/lifetime.js";
import { SessionLateError, SessionMissingError } from "./errors.js";
import { andThen } from "./maybe-promise.js";
import type { Scope } from "./scope.js";
import { changeSince, snapshotOf, type SessionChange, type Snapshot } from "./snapshot.js";
import type { MaybePromise } from "./types.js";

/** One connection's session, from load to commit. */
export interface SessionHandle<TSession> {
  /**
   * Reads what is stored, so that `get` can answer at once. Counts as no use of the session: where the backend answers at
   * once anyway, nothing is read before that.
   */
  prepare(): MaybePromise<void>;
  /** Calls back once, at the first use of the session: what is to save it has nothing to do before. */
  whenUsed(listener: () => void): void;
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
  return new ConnectionSession(backend, scope);
}

/** A class, since every request makes one: as closures, its methods are most of what a request leaves to be collected. */
class ConnectionSession<TSession> implements SessionHandle<TSession> {
  readonly #backend: BaseSessionBackend<TSession>;
  readonly #scope: Scope;
  #stored: StoredSession | null | undefined;
  #reading: Promise<void> | undefined;
  #open: OpenSession<TSession> | undefined;
  /** What a logout is to remove, beside the cookie; `undefined` where nobody logged out. */
  #ended: StoredSession | null | undefined;
  #renewId = false;
  #whenUsed: (() => void) | undefined;

  constructor(backend: BaseSessionBackend<TSession>, scope: Scope) {
    this.#backend = backend;
    this.#scope = scope;
  }

  prepare(): MaybePromise<void> {
    if (!this.#backend.readsAtOnce) return this.#readStored();
  }

  whenUsed(listener: () => void): void {
    this.#whenUsed = listener;
  }

  load(): MaybePromise<TSession> {
    // Again where a reload took the place of what was waited for.
    return andThen(this.#readStored(), () => (this.#stored === undefined ? this.load() : this.#opened().session));
  }

  get(): TSession {
    return this.#opened().session;
  }

  set(session: TSession): void {
    this.#opened().session = session;
  }

  clear(): void {
    this.#ended ??= this.#opened().stored;
    this.#open = openFound(this.#backend, this.#scope, null);
  }

  id(): string | null {
    return this.#opened().stored?.id ?? null;
  }

  regenerateId(): void {
    this.#opened();
    this.#renewId = true;
  }

  commit(): MaybePromise<readonly string[]> {
    return this.#commit(false);
  }

  commitLate(): MaybePromise<void> {
    return andThen(this.#commit(true), () => {});
  }

  reload(): MaybePromise<TSession> {
    this.#stored = undefined;
    this.#reading = undefined;
    this.#open = undefined;
    this.#ended = undefined;
    this.#renewId = false;
    return this.load();
  }

  #commit(isLate: boolean): MaybePromise<readonly string[]> {
    const open = this.#open;
    if (open === undefined) return [];
    if (open.session === null && open.base.kind !== "none") this.clear();
    const ended = this.#ended;
    if (ended === undefined) return this.#save(open, isLate);
    if (isLate && !hasId(ended)) throw new SessionLateError();
    return andThen(this.#backend.remove(this.#scope, ended), (expiry) => {
      this.#ended = undefined;
      return andThen(this.#save(this.#opened(), isLate), (setCookies) => (setCookies.length > 0 ? setCookies : expiry));
    });
  }

  #readStored(): MaybePromise<void> {
    if (this.#stored !== undefined) return;
    if (this.#reading !== undefined) return this.#reading;
    const found = this.#backend.read(this.#scope);
    if (!(found instanceof Promise)) {
      this.#stored = found;
      return;
    }
    const pending: Promise<void> = found.then((late) => {
      // A reload meanwhile made this reading an old one.
      if (this.#reading === pending) this.#stored = late;
    });
    return (this.#reading = pending);
  }

  #opened(): OpenSession<TSession> {
    if (this.#open !== undefined) return this.#open;
    const pending = this.#readStored();
    if (this.#stored === undefined) {
      pending?.catch(() => {}); // whoever awaits the load gets its error
      throw new SessionMissingError("The session is not loaded yet. Await `loadSession()` before its first use.");
    }
    this.#open = openFound(this.#backend, this.#scope, this.#stored);
    this.#whenUsed?.();
    this.#whenUsed = undefined;
    return this.#open;
  }

  #save(now: OpenSession<TSession>, isLate: boolean): MaybePromise<readonly string[]> {
    const backend = this.#backend;
    const { stored, mergeable, base, isGone } = now;
    if (isGone) return [];
    const change = this.#changeOf(now);
    if (isLate && (!hasId(stored) || this.#renewId)) {
      if (change !== undefined || this.#renewId) throw new SessionLateError();
      return [];
    }
    if (change !== undefined) {
      const text = JSON.stringify(change.mine);
      backend.assertFits(change.mine, text, this.#scope);
      return this.#write(now, { kind: "text", text }, (theirs) =>
        theirs === null || !mergeable ? this.#current(text) : backend.mergeChanges(theirs, change.base, text),
      );
    }
    if (stored === null || !mergeable) {
      return this.#renewId && base.kind === "text" ? this.#write(now, base, () => this.#current(base.text)) : [];
    }
    if (this.#renewId) return this.#write(now, base, (theirs) => theirs ?? stored);
    const isDue = isRenewalDue(stored, backend.options.clock(), backend.options);
    return isDue ? backend.renew(this.#scope, stored) : [];
  }

  #current(text: string): SessionText {
    return { text, version: this.#backend.definition.version };
  }

  #write(now: OpenSession<TSession>, base: Snapshot, merge: MergeSession): MaybePromise<readonly string[]> {
    return andThen(this.#backend.write(this.#scope, now.stored, merge, this.#renewId), ({ stored, setCookies }) => {
      this.#renewId = false;
      // A reload meanwhile may have put another session there.
      if (this.#open === now) {
        this.#open = { stored, mergeable: true, base, isGone: stored === null, session: now.session };
      }
      return setCookies;
    });
  }

  #changeOf({ session, base }: OpenSession<TSession>): SessionChange | undefined {
    return session === null
      ? undefined
      : changeSince(base, session, (it) => this.#backend.encodeSession(it, this.#scope));
  }
}

/** Whether a store holds the session, so that it can change without a word to the browser. */
function hasId(stored: StoredSession | null): boolean {
  return stored !== null && stored.id !== null;
}

function openFound<TSession>(
  backend: BaseSessionBackend<TSession>,
  scope: Scope,
  stored: StoredSession | null,
): OpenSession<TSession> {
  const opened = stored === null ? null : backend.openStored(stored, scope);
  const mergeable = stored === null || opened !== null;
  const session = opened === null ? backend.definition.anonymous() : opened.session;
  const base = opened?.snapshot ?? snapshotOf(session, (anonymous) => backend.encodeSession(anonymous, scope));
  return { stored, mergeable, base, isGone: false, session };
}
