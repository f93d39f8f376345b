import { randomBytes } from "node:crypto";
import { assertMethods } from "../assert-methods.js";
import { assertWholeNumber } from "../assert-whole-number.js";
import { toDefinition } from "../definition.js";
import { SessionTooLargeError } from "../errors.js";
import { andThen } from "../maybe-promise.js";
import type { Scope } from "../scope.js";
import { parseSessionText } from "../serialization.js";
import type { MaybePromise, SessionOf, SessionSource } from "../types.js";
import {
  BaseSessionBackend,
  type MergeSession,
  type SessionText,
  type StoredSession,
  type WrittenSession,
} from "./base.js";
import {
  cookieCountLimit,
  cookieLimit,
  expireChunkedCookie,
  readChunkedCookie,
  writeChunkedCookie,
} from "./cookie-chunks.js";
import { createKeyRing, type KeyRing, type Secret } from "./key-ring.js";
import { isOver, lifetimeFrom, secondsLeft } from "./lifetime.js";
import { resolveOptions, type SessionBackendOptions } from "./options.js";
import { formatRecord, parseRecord, toStored } from "./record.js";
import type { SealedSession, SessionRevocation } from "./revocation.js";
import { readCookies } from "./session-cookie.js";

/** What `ClientSideSessionBackend` takes. */
export interface ClientSideSessionOptions<
  TSource extends SessionSource | undefined = undefined,
> extends SessionBackendOptions<TSource> {
  /** The secret that seals cookies, 32 characters or more. Of several, the first seals and all open: for rotation. */
  readonly secret: Secret | readonly Secret[];
  /**
   * Told of each session that another secret than the first had sealed, with that secret's place in the list, 1 or more.
   * It is sealed with the first at its next write or renewal; once nobody is told any more, the old secret can go.
   */
  readonly onRotate?: (secretIndex: number) => void;
  /**
   * How many cookies a session may take, 1 to 50. Default 3, 12 kB in all: browsers take more, but servers refuse
   * requests whose headers pass 16 kB (Node), and proxies often lines of more than 8 kB (nginx, Apache): give 1 or raise
   * their limit.
   */
  readonly maxCookies?: number;
  /** Lets sessions end before their time, at logout in particular. Default: none; a copied cookie outlives a logout. */
  readonly revocation?: SessionRevocation;
}

/**
 * Keeps the session in the cookie itself, encrypted: AES-256-GCM (NIST SP 800-38D), with keys by HKDF-SHA256
 * (RFC 5869). Needs no store, and never makes a request wait.
 *
 * The browser holds the data: of two overlapping requests the later answer wins, and a copy of an old cookie stays good
 * until it expires, or until `revocation` refuses it. Where that matters, use `ServerSideSessionBackend`.
 *
 * @throws SessionConfigError when an option can't work.
 *
 * @example
 * ```ts
 * const secret = process.env.SESSION_SECRET ?? ""; // a missing secret is a SessionConfigError
 * const backend = new ClientSideSessionBackend({ secret, session: appSession });
 * ```
 */
export class ClientSideSessionBackend<
  const TSource extends SessionSource | undefined = undefined,
> extends BaseSessionBackend<SessionOf<TSource>> {
  readonly #keys: KeyRing;
  readonly #maxCookies: number;
  readonly #onRotate: (secretIndex: number) => void;
  readonly #revocation: SessionRevocation | undefined;

  constructor(options: ClientSideSessionOptions<TSource>) {
    super(resolveOptions(options), toDefinition(options));
    const { maxCookies = 3, onRotate = () => {}, revocation } = options;
    assertWholeNumber("maxCookies", maxCookies, ` from 1 to ${cookieCountLimit}`, cookieCountLimit);
    assertRevocation(revocation);
    this.#keys = createKeyRing(options.secret, `typed-session cookie ${this.options.key}`);
    this.#maxCookies = maxCookies;
    this.#onRotate = onRotate;
    this.#revocation = revocation;
  }

  override get readsAtOnce(): boolean {
    return this.#revocation === undefined;
  }

  read(scope: Scope): MaybePromise<StoredSession | null> {
    const values = readChunkedCookie(readCookies(scope), this.options.key);
    if (values.length === 0) return null;
    const newest = this.#openNewest(values);
    if (newest === null) return this.rejectCookie();
    if (this.#revocation === undefined) return newest;
    return andThen(this.#revocation.isRevoked(sealedSession(newest)), (isRevoked) => {
      if (!isRevoked) return newest;
      this.options.onEvent({ type: "session-revoked" });
      return null;
    });
  }

  write(
    scope: Scope,
    stored: StoredSession | null,
    merge: MergeSession,
    renewId: boolean,
  ): MaybePromise<WrittenSession> {
    const text = merge(stored);
    if (stored === null || !renewId) return this.#seal(scope, text, stored, stored?.serial ?? newSerial());
    const moved = this.#seal(scope, text, stored, newSerial());
    return andThen(this.#revoke(stored), () => moved);
  }

  renew(scope: Scope, stored: StoredSession): readonly string[] {
    return this.#seal(scope, stored, stored, stored.serial ?? newSerial()).setCookies;
  }

  remove(scope: Scope, stored: StoredSession | null): MaybePromise<readonly string[]> {
    const expiry = expireChunkedCookie(this.options, readCookies(scope));
    return stored === null ? expiry : andThen(this.#revoke(stored), () => expiry);
  }

  #openNewest(values: readonly string[]): StoredSession | null {
    let newest: StoredSession | null = null;
    for (const value of values) {
      const opened = this.#open(value);
      if (opened !== null && (newest === null || opened.expiresAt > newest.expiresAt)) newest = opened;
    }
    return newest;
  }

  #open(value: string): StoredSession | null {
    const opened = this.#keys.open(value);
    const record = opened === null ? null : parseRecord(opened.text);
    if (opened === null || record === null || isOver(record, this.options.clock(), this.options)) return null;
    if (opened.keyIndex > 0) this.#onRotate(opened.keyIndex);
    return toStored(record, record.expiresAt, null, null);
  }

  #seal(scope: Scope, { text, version }: SessionText, before: StoredSession | null, serial: string): WrittenSession {
    const now = this.options.clock();
    const lifetime = lifetimeFrom(now, this.options, before?.issuedAt);
    const { issuedAt, expiresAt } = lifetime;
    if (expiresAt <= now) return this.dropGone();
    const record = { text, version, issuedAt, expiresAt, serial, group: null };
    const sealed = this.#keys.seal(formatRecord(record));
    const { setCookies, size, count } = writeChunkedCookie(
      this.options,
      sealed,
      secondsLeft(lifetime, now),
      readCookies(scope),
    );
    if (count > this.#maxCookies) {
      throw new SessionTooLargeError(size, this.#maxCookies * cookieLimit, largestKeys(text));
    }
    this.warnIfInsecure(scope);
    return { stored: toStored(record, record.expiresAt, null, null), setCookies };
  }

  #revoke(stored: StoredSession): MaybePromise<void> {
    // Twice the time of an unused session: a request that is under way may still renew what is revoked here.
    const until = lifetimeFrom(this.options.clock() + this.options.maxAge * 1000, this.options, stored.issuedAt);
    return this.#revocation?.revoke?.(sealedSession({ ...stored, expiresAt: until.expiresAt }));
  }
}

function newSerial(): string {
  return randomBytes(16).toString("base64url");
}

function sealedSession({ serial, issuedAt, expiresAt, text }: StoredSession): SealedSession {
  return {
    id: serial ?? "",
    issuedAt,
    expiresAt,
    get data() {
      return parseSessionText(text) ?? {};
    },
  };
}

function largestKeys(text: string): readonly string[] {
  const sizes = Object.entries(parseSessionText(text) ?? {}).map(([key, value]) => ({
    key,
    bytes: Buffer.byteLength(JSON.stringify(value)),
  }));
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  return largest.map(({ key, bytes }) => `${key} (${bytes} bytes)`);
}

function assertRevocation(revocation: unknown): void {
  if (revocation === undefined) return;
  const fix = "Give what createRevocationList returned, or an object with isRevoked.";
  assertMethods("revocation", revocation, ["isRevoked"], fix);
}
