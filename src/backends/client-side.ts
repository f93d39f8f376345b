import { toDefinition } from "../definition.js";
import { SessionTooLargeError } from "../errors.js";
import type { Scope } from "../scope.js";
import { parseSessionText } from "../serialization.js";
import type { SessionOf, SessionSource } from "../types.js";
import {
  BaseSessionBackend,
  type MergeSession,
  type SessionText,
  type StoredSession,
  type WrittenSession,
} from "./base.js";
import { createKeyRing, type KeyRing, type Secret } from "./key-ring.js";
import { resolveOptions, type SessionBackendOptions } from "./options.js";
import { formatRecord, parseRecord } from "./record.js";
import { expireSessionCookie, readSessionCookie, setSessionCookie } from "./session-cookie.js";

/** What `ClientSideSessionBackend` takes. */
export interface ClientSideSessionOptions<
  TSource extends SessionSource | undefined = undefined,
> extends SessionBackendOptions<TSource> {
  /** The secret that seals cookies, 32 characters or more. Of several, the first seals and all open: for rotation. */
  readonly secret: Secret | readonly Secret[];
}

/** The most that browsers keep of one cookie, in bytes: name, value and attributes (RFC 6265bis, section 5.6). */
const cookieLimit = 4096;

/**
 * Keeps the session in the cookie itself, encrypted (AES-256-GCM). Needs no store, and never makes a request wait.
 *
 * The browser holds the data: of two overlapping requests the later answer wins, and a copy of an old cookie stays good
 * until it expires. Where that matters, use `ServerSideSessionBackend`.
 *
 * @throws SessionConfigError when an option can't work.
 *
 * @example
 * ```ts
 * const backend = new ClientSideSessionBackend({ secret: process.env.SESSION_SECRET, session: appSession });
 * ```
 */
export class ClientSideSessionBackend<
  const TSource extends SessionSource | undefined = undefined,
> extends BaseSessionBackend<SessionOf<TSource>> {
  readonly #keys: KeyRing;
  readonly #purpose: string;

  constructor(options: ClientSideSessionOptions<TSource>) {
    super(resolveOptions(options), toDefinition(options));
    this.#keys = createKeyRing(options.secret);
    this.#purpose = `typed-session cookie ${this.options.key}`;
  }

  read(scope: Scope): StoredSession | null {
    const cookie = readSessionCookie(scope, this.options.key);
    if (cookie === undefined) return null;
    const record = this.#keys.open(cookie, this.#purpose);
    const stored = record === null ? null : parseRecord(record);
    if (stored !== null && stored.expiresAt > this.options.clock()) return { ...stored, id: null, token: null };
    this.options.onEvent({ type: "cookie-rejected" });
    return null;
  }

  write(_scope: Scope, stored: StoredSession | null, merge: MergeSession, _renewId: boolean): WrittenSession {
    return this.#seal(merge(stored), stored);
  }

  renew(_scope: Scope, stored: StoredSession): readonly string[] {
    return this.#seal(stored, stored).setCookies;
  }

  remove(scope: Scope, _stored: StoredSession | null): readonly string[] {
    return readSessionCookie(scope, this.options.key) === undefined ? [] : [expireSessionCookie(this.options)];
  }

  #seal({ text, version }: SessionText, before: StoredSession | null): WrittenSession {
    const now = this.options.clock();
    const times = { issuedAt: before?.issuedAt ?? now, expiresAt: now + this.options.maxAge * 1000 };
    const sealed = this.#keys.seal(formatRecord({ text, version, ...times }), this.#purpose);
    const setCookie = setSessionCookie(this.options, sealed);
    if (setCookie.length > cookieLimit)
      throw new SessionTooLargeError(setCookie.length, cookieLimit, largestKeys(text));
    return { stored: { text, version, ...times, id: null, token: null }, setCookies: [setCookie] };
  }
}

function largestKeys(text: string): readonly string[] {
  const sizes = Object.entries(parseSessionText(text) ?? {}).map(([key, value]) => ({
    key,
    bytes: Buffer.byteLength(JSON.stringify(value)),
  }));
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  return largest.map(({ key, bytes }) => `${key} (${bytes} bytes)`);
}
