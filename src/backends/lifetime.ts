import type { ResolvedBackendOptions } from "./options.js";

/** When a session began and ends, in milliseconds since 1970. */
export interface Lifetime {
  /** When it began, in milliseconds since 1970: at its first write, or at the first one after a logout. */
  readonly issuedAt: number;
  /** When it ends unless it is renewed, in milliseconds since 1970. */
  readonly expiresAt: number;
}

type Timeouts = Pick<ResolvedBackendOptions, "maxAge" | "absoluteTimeout">;

/** The lifetime of a session that is saved or renewed now: idle timeout from now, within the absolute one. */
export function lifetimeFrom(now: number, { maxAge, absoluteTimeout }: Timeouts, issuedAt: number = now): Lifetime {
  return { issuedAt, expiresAt: Math.min(now + maxAge * 1000, issuedAt + absoluteTimeout * 1000) };
}

/** Whether a session is over: by what was stored with it, or by an absolute timeout that is shorter by now. */
export function isOver({ issuedAt, expiresAt }: Lifetime, now: number, { absoluteTimeout }: Timeouts): boolean {
  return expiresAt <= now || issuedAt + absoluteTimeout * 1000 <= now;
}

/**
 * Whether an unchanged session is worth a renewal: it is in the second half of its time, and a renewal would lengthen it.
 * Renewing at every use would cost a write each time.
 */
export function isRenewalDue({ issuedAt, expiresAt }: Lifetime, now: number, timeouts: Timeouts): boolean {
  return expiresAt - now < (timeouts.maxAge * 1000) / 2 && lifetimeFrom(now, timeouts, issuedAt).expiresAt > expiresAt;
}

/** Whole seconds left of a lifetime, rounded up: 0 or less for one that is over. */
export function secondsLeft({ expiresAt }: Lifetime, now: number): number {
  return Math.ceil((expiresAt - now) / 1000);
}
