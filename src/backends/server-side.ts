import { createHash, randomBytes } from "node:crypto";
import { assertMethods } from "../assert-methods.js";
import { toDefinition } from "../definition.js";
import { SessionConfigError, SessionInvalidError, SessionStoreError } from "../errors.js";
import { isObject } from "../is-object.js";
import { kindOf } from "../kind-of.js";
import { andThen } from "../maybe-promise.js";
import type { Scope } from "../scope.js";
import type { Store, StoreEntry, WhenAbsent, WhenUnchanged } from "../stores/base.js";
import type { MaybePromise, SessionOf, SessionSource } from "../types.js";
import {
  BaseSessionBackend,
  type MergeSession,
  type SessionText,
  type StoredSession,
  type WrittenSession,
} from "./base.js";
import { assertAttempt } from "./attempts.js";
import { isOver, lifetimeFrom, secondsLeft } from "./lifetime.js";
import { resolveOptions, type SessionBackendOptions } from "./options.js";
import { formatRecord, readRecord, toStored } from "./record.js";
import { expireSessionCookie, readCookies, setSessionCookie } from "./session-cookie.js";
import { endSessionsOf, groupOfUser } from "./user-sessions.js";

/** What `ServerSideSessionBackend` takes. */
export interface ServerSideSessionOptions<
  TSource extends SessionSource | undefined = undefined,
> extends SessionBackendOptions<TSource> {
  /** Where sessions are kept: a `MemoryStore`, a `FileStore`, a `RedisStore`, or any other {@link Store}. */
  readonly store: Store;
  /**
   * The user whom a session belongs to, `null` or `undefined` for nobody: `logOutEverywhere` finds sessions by it. Asked
   * at every write; it must not throw. Sessions that were last written without it are not found.
   */
  readonly userId?: (session: NonNullable<SessionOf<TSource>>) => string | number | null | undefined;
}

/** What `logOutEverywhere` takes. */
export interface LogOutEverywhereOptions {
  /** The id of a session that stays: `request.getSessionId()` for the one that asks. */
  readonly exceptId?: string | null;
}

/** 256 bits in base64url (OWASP asks for 128 bits of an id, 64 of them random). */
const idForm = /^[\w-]{43}$/;

/** What a request is about to save. */
interface PendingWrite {
  readonly scope: Scope;
  readonly merge: MergeSession;
  readonly renewId: boolean;
  /** How many times it was tried, this time included. */
  readonly attempt: number;
}

/**
 * Keeps sessions in a store, and a random id in the cookie.
 *
 * Overlapping requests are merged key by key, so that both of two writes to different keys win; a request that is still
 * under way can't bring back a session that was logged out. Ids are 256 random bits (OWASP Session Management Cheat Sheet
 * asks for 64); the store gets their SHA-256 only.
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
  readonly #userId: ServerSideSessionOptions<TSource>["userId"];

  constructor(options: ServerSideSessionOptions<TSource>) {
    super(resolveOptions(options), toDefinition(options));
    assertStore(options.store);
    assertUserId(options.userId, options.store);
    this.#store = options.store;
    this.#userId = options.userId;
  }

  read(scope: Scope): MaybePromise<StoredSession | null> {
    const id = this.#sentId(scope);
    if (id === undefined) return null;
    if (!idForm.test(id)) return this.rejectCookie();
    return andThen(this.#store.get(storeKey(id)), (entry) => {
      const stored = entry === null ? null : storedIn(entry, id);
      // The store ends entries; that one did not would be no reason to let a session live on.
      return stored === null || isOver(stored, this.options.clock(), this.options) ? this.rejectCookie() : stored;
    });
  }

  write(
    scope: Scope,
    stored: StoredSession | null,
    merge: MergeSession,
    renewId: boolean,
  ): MaybePromise<WrittenSession> {
    return this.#try({ scope, merge, renewId, attempt: 1 }, stored);
  }

  renew(scope: Scope, stored: StoredSession): MaybePromise<readonly string[]> {
    const { id, group, issuedAt } = stored;
    const now = this.options.clock();
    const seconds = secondsLeft(lifetimeFrom(now, this.options, issuedAt), now);
    if (id === null || seconds <= 0) return [];
    return andThen(this.#store.renew(storeKey(id), seconds, group ?? undefined), (isThere) =>
      isThere ? [this.#setCookie(scope, id, seconds)] : [],
    );
  }

  remove(scope: Scope, stored: StoredSession | null): MaybePromise<readonly string[]> {
    const id = stored?.id ?? null;
    const isSent = this.#sentId(scope) !== undefined;
    return andThen(id === null ? true : this.#store.delete(storeKey(id)), () =>
      isSent ? [expireSessionCookie(this.options, this.options.key)] : [],
    );
  }

  /**
   * Ends all sessions of a user, such as after a change of password. A login that overlaps with it counts as later, and
   * stays.
   *
   * @param userId - as the option `userId` gives it
   * @returns how many sessions ended
   * @throws SessionConfigError when the backend has no option `userId`
   * @throws SessionConflictError when a session kept changing while it was to end
   * @throws SessionStoreError when the store holds something else under a session's key
   *
   * @example
   * ```ts
   * await backend.logOutEverywhere(user.id, { exceptId: request.getSessionId() });
   * ```
   */
  async logOutEverywhere(userId: string | number, { exceptId }: LogOutEverywhereOptions = {}): Promise<number> {
    if (this.#userId === undefined) {
      throw new SessionConfigError("userId", "is missing: logOutEverywhere finds sessions by it", userIdFix);
    }
    return endSessionsOf(this.#store, userId, typeof exceptId === "string" ? storeKey(exceptId) : undefined);
  }

  #try(write: PendingWrite, stored: StoredSession | null): MaybePromise<WrittenSession> {
    const id = stored?.id ?? null;
    if (stored === null || id === null) return this.#create(write, null);
    assertAttempt(write.attempt);
    const again = () =>
      andThen(this.#store.get(storeKey(id)), (entry) =>
        entry === null ? this.dropGone() : this.#try({ ...write, attempt: write.attempt + 1 }, storedIn(entry, id)),
      );
    return write.renewId
      ? this.#move(write, stored, id, again)
      : this.#put(write, id, stored, unchanged(stored), again);
  }

  #create(write: PendingWrite, before: StoredSession | null): MaybePromise<WrittenSession> {
    const id = randomBytes(32).toString("base64url");
    return this.#put(write, id, before, { when: "absent" }, () => {
      throw new SessionStoreError("The store says that a new session id is taken.");
    });
  }

  /** The new id holds the session before the old one dies: a crash between the two loses nothing. */
  #move(
    write: PendingWrite,
    stored: StoredSession,
    oldId: string,
    overtaken: () => MaybePromise<WrittenSession>,
  ): MaybePromise<WrittenSession> {
    return andThen(this.#create(write, stored), (created) => {
      const newId = created.stored?.id ?? null;
      if (newId === null) return created;
      return andThen(this.#store.delete(storeKey(oldId), unchanged(stored)), (isDead) =>
        isDead ? created : andThen(this.#store.delete(storeKey(newId)), overtaken),
      );
    });
  }

  /** Writes a session under an id; `overtaken` goes on where the condition is not met. */
  #put(
    { scope, merge }: PendingWrite,
    id: string,
    before: StoredSession | null,
    condition: WhenAbsent | WhenUnchanged,
    overtaken: () => MaybePromise<WrittenSession>,
  ): MaybePromise<WrittenSession> {
    const now = this.options.clock();
    const lifetime = lifetimeFrom(now, this.options, before?.issuedAt);
    const { issuedAt, expiresAt } = lifetime;
    const seconds = secondsLeft(lifetime, now);
    if (seconds <= 0) return this.dropGone();
    const merged = merge(before);
    const { text, version } = merged;
    const group = this.#groupOf(merged, scope, before);
    const record = formatRecord({ text, version, issuedAt, expiresAt, serial: null, group });
    const options = { ...condition, group: group ?? undefined };
    return andThen(this.#store.set(storeKey(id), record, seconds, options), (entry) =>
      entry === null ? overtaken() : { stored: storedIn(entry, id), setCookies: [this.#setCookie(scope, id, seconds)] },
    );
  }

  #groupOf(text: SessionText, scope: Scope, before: StoredSession | null): string | null {
    if (this.#userId === undefined) return null;
    try {
      const userId = this.#userId(this.deserializeData(text.text, scope, text.version));
      return userId === undefined || userId === null ? null : groupOfUser(userId);
    } catch (error) {
      // Two requests may have made, together, what neither could: it is stored all the same, and belongs to whom it did.
      if (error instanceof SessionInvalidError) return before?.group ?? null;
      throw error;
    }
  }

  #sentId(scope: Scope): string | undefined {
    return readCookies(scope)[this.options.key];
  }

  #setCookie(scope: Scope, id: string, seconds: number): string {
    this.warnIfInsecure(scope);
    return setSessionCookie(this.options, this.options.key, id, seconds);
  }
}

function unchanged({ token }: StoredSession): { when: "unchanged"; token: string } {
  return { when: "unchanged", token: token ?? "" };
}

function storeKey(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

function storedIn(entry: StoreEntry, id: string): StoredSession {
  // The store knows of renewals, the record does not.
  return toStored(readRecord(entry), entry.expiresAt, id, entry.token);
}

const userIdFix = "Give a function: (session) => session.userId.";

function assertUserId(userId: unknown, { capabilities }: Store): void {
  if (userId === undefined) return;
  if (typeof userId !== "function") {
    throw new SessionConfigError("userId", `is ${kindOf(userId)}`, userIdFix);
  }
  if (capabilities.groups) return;
  throw new SessionConfigError(
    "userId",
    "is given, and the store can't find sessions by user",
    "Use a MemoryStore, FileStore or RedisStore, or leave `userId` out.",
  );
}

function assertStore(store: unknown): void {
  const fix = "Give a MemoryStore, a FileStore, or an object with get, set, delete and renew.";
  if (store === undefined) throw new SessionConfigError("store", "is missing", fix);
  assertMethods("store", store, ["get", "set", "delete", "renew"], fix);
  const capabilities: unknown = Reflect.get(Object(store), "capabilities");
  if (isObject(capabilities)) return;
  throw new SessionConfigError("store", `is ${kindOf(store)} that does not declare its capabilities`, fix);
}
