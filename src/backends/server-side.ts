import { createHash, randomBytes } from "node:crypto";
import { toDefinition } from "../definition.js";
import { SessionConfigError, SessionConflictError, SessionStoreError } from "../errors.js";
import { kindOf } from "../kind-of.js";
import { andThen } from "../maybe-promise.js";
import type { Scope } from "../scope.js";
import type { Store, StoreEntry } from "../stores/base.js";
import type { MaybePromise, SessionOf, SessionSource } from "../types.js";
import { BaseSessionBackend, type MergeSession, type StoredSession, type WrittenSession } from "./base.js";
import { resolveOptions, type SessionBackendOptions } from "./options.js";
import { formatRecord, parseRecord } from "./record.js";
import { expireSessionCookie, readSessionCookie, setSessionCookie } from "./session-cookie.js";

/** What `ServerSideSessionBackend` takes. */
export interface ServerSideSessionOptions<
  TSource extends SessionSource | undefined = undefined,
> extends SessionBackendOptions<TSource> {
  /** Where sessions are kept: a `MemoryStore`, a `FileStore`, or any other {@link Store}. */
  readonly store: Store;
}

/** 256 bits in base64url (OWASP asks for 128 bits of an id, 64 of them random). */
const idForm = /^[\w-]{43}$/;

/** More overlapping writes of one session than this, all of them won by others, is no load but a fault. */
const maxAttempts = 50;

/**
 * Keeps sessions in a store, and a random id in the cookie.
 *
 * Overlapping requests are merged key by key, so that both of two writes to different keys win; a request that is still
 * under way can't bring back a session that was logged out. The store gets the id's SHA-256 only.
 *
 * @throws SessionConfigError when an option can't work.
 *
 * @example
 * ```ts
 * const backend = new ServerSideSessionBackend({ store: new FileStore({ folder: "var/sessions" }), session: appSession });
 * ```
 */
export class ServerSideSessionBackend<
  const TSource extends SessionSource | undefined = undefined,
> extends BaseSessionBackend<SessionOf<TSource>> {
  readonly #store: Store;

  constructor(options: ServerSideSessionOptions<TSource>) {
    super(resolveOptions(options), toDefinition(options));
    assertStore(options.store);
    this.#store = options.store;
  }

  read(scope: Scope): MaybePromise<StoredSession | null> {
    const id = readSessionCookie(scope, this.options.key);
    if (id === undefined) return null;
    if (!idForm.test(id)) return this.#rejected();
    return andThen(this.#store.get(storeKey(id)), (entry) =>
      // The store ends entries; that one did not would be no reason to let a session live on.
      entry === null || entry.expiresAt <= this.options.clock() ? this.#rejected() : toStored(id, entry),
    );
  }

  write(
    _scope: Scope,
    stored: StoredSession | null,
    merge: MergeSession,
    renewId: boolean,
  ): MaybePromise<WrittenSession> {
    if (stored === null || stored.id === null) return this.#create(null, merge);
    return renewId ? this.#move(stored, stored.id, merge, 1) : this.#change(stored, stored.id, merge, 1);
  }

  renew(_scope: Scope, stored: StoredSession): MaybePromise<readonly string[]> {
    const { id } = stored;
    if (id === null) return [];
    return andThen(this.#store.renew(storeKey(id), this.options.maxAge), (isThere) =>
      isThere ? [setSessionCookie(this.options, id)] : [],
    );
  }

  remove(scope: Scope, stored: StoredSession | null): MaybePromise<readonly string[]> {
    const id = stored?.id ?? null;
    const isSent = readSessionCookie(scope, this.options.key) !== undefined;
    return andThen(id === null ? true : this.#store.delete(storeKey(id)), () =>
      isSent ? [expireSessionCookie(this.options)] : [],
    );
  }

  #create(before: StoredSession | null, merge: MergeSession): MaybePromise<WrittenSession> {
    const id = randomBytes(32).toString("base64url");
    const times = this.#times(before);
    const record = formatRecord({ ...merge(before), ...times });
    return andThen(this.#store.set(storeKey(id), record, this.options.maxAge, { when: "absent" }), (entry) => {
      if (entry === null) throw new SessionStoreError("The store says that a new random session id is taken.");
      return { stored: toStored(id, entry), setCookies: [setSessionCookie(this.options, id)] };
    });
  }

  #change(stored: StoredSession, id: string, merge: MergeSession, attempt: number): MaybePromise<WrittenSession> {
    assertAttempt(attempt);
    const record = formatRecord({ ...merge(stored), ...this.#times(stored) });
    return andThen(this.#store.set(storeKey(id), record, this.options.maxAge, unchanged(stored)), (entry) => {
      if (entry !== null) return { stored: toStored(id, entry), setCookies: [setSessionCookie(this.options, id)] };
      return this.#again(id, (now) => this.#change(now, id, merge, attempt + 1));
    });
  }

  /** The new id holds the session before the old one dies: a crash between the two loses nothing. */
  #move(stored: StoredSession, oldId: string, merge: MergeSession, attempt: number): MaybePromise<WrittenSession> {
    assertAttempt(attempt);
    return andThen(this.#create(stored, merge), (created) =>
      andThen(this.#store.delete(storeKey(oldId), unchanged(stored)), (isDead) => {
        if (isDead) return created;
        return andThen(this.#store.delete(storeKey(created.stored?.id ?? "")), () =>
          this.#again(oldId, (now) => this.#move(now, oldId, merge, attempt + 1)),
        );
      }),
    );
  }

  #again(id: string, retry: (now: StoredSession) => MaybePromise<WrittenSession>): MaybePromise<WrittenSession> {
    return andThen(this.#store.get(storeKey(id)), (entry) => {
      if (entry !== null) return retry(toStored(id, entry));
      this.options.onEvent({ type: "session-gone" });
      // No expired cookie: the browser may hold a newer session by now, and this answer must not take it away.
      return { stored: null, setCookies: [] };
    });
  }

  #rejected(): null {
    this.options.onEvent({ type: "cookie-rejected" });
    return null;
  }

  #times(before: StoredSession | null): { issuedAt: number; expiresAt: number } {
    const now = this.options.clock();
    return { issuedAt: before?.issuedAt ?? now, expiresAt: now + this.options.maxAge * 1000 };
  }
}

function unchanged({ token }: StoredSession): { when: "unchanged"; token: string } {
  return { when: "unchanged", token: token ?? "" };
}

function assertAttempt(attempt: number): void {
  if (attempt <= maxAttempts) return;
  throw new SessionConflictError(`The session kept changing: ${maxAttempts} attempts to save it were overtaken.`);
}

function storeKey(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

function toStored(id: string, entry: StoreEntry): StoredSession {
  const record = parseRecord(entry.value);
  if (record === null) throw new SessionStoreError("The store holds a session record that this library did not write.");
  return { ...record, id, token: entry.token, expiresAt: entry.expiresAt };
}

function assertStore(store: unknown): void {
  const fix = "Give a MemoryStore, a FileStore, or an object with get, set, delete and renew.";
  if (store === undefined) throw new SessionConfigError("store", "is missing", fix);
  for (const method of ["get", "set", "delete", "renew"]) {
    const isThere = typeof store === "object" && store !== null && typeof Reflect.get(store, method) === "function";
    if (!isThere) throw new SessionConfigError("store", `is ${kindOf(store)} without the method ${method}`, fix);
  }
}
