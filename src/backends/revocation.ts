import type { Store } from "../stores/base.js";
import { andThen } from "../maybe-promise.js";
import type { MaybePromise, SessionDict } from "../types.js";

/** A session that a cookie holds, as its revocation sees it. */
export interface SealedSession {
  /** Stays the same from login to logout; a new one comes with `regenerateSession`. */
  readonly id: string;
  /** When the session began, in milliseconds since 1970. */
  readonly issuedAt: number;
  /** When it ends at the latest unless it is renewed, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The session's data in its stored form, not checked: to revoke by user, say. */
  readonly data: SessionDict;
}

/**
 * Ends sessions that cookies hold before their time. Without it, a copy of a cookie stays good after a logout.
 *
 * A rejection of either method is an error of the request, never an answer.
 */
export interface SessionRevocation {
  /** Whether a session that is genuine and current may not be used any more. Asked once per request that uses it. */
  isRevoked(session: SealedSession): MaybePromise<boolean>;
  /** Told of a session that ends: at logout, and at a new id. To be remembered until `session.expiresAt`. */
  revoke?(session: SealedSession): MaybePromise<void>;
}

/**
 * Keeps revoked sessions in a store, each as long as it could have lived: a few bytes per logout, and one read per
 * request that uses its session.
 *
 * @param clock - the time, in milliseconds since 1970; default `Date.now`
 *
 * @example
 * ```ts
 * const revocation = createRevocationList(new RedisStore({ client }));
 * const backend = new ClientSideSessionBackend({ secret, revocation });
 * ```
 */
export function createRevocationList(store: Store, clock: () => number = Date.now): Required<SessionRevocation> {
  const key = ({ id }: SealedSession) => `revoked:${id}`;
  return {
    isRevoked: (session) => andThen(store.get(key(session)), (entry) => entry !== null),
    revoke: (session) => {
      const seconds = Math.ceil((session.expiresAt - clock()) / 1000);
      return seconds <= 0 ? undefined : andThen(store.set(key(session), "", seconds), () => undefined);
    },
  };
}
