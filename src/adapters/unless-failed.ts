import type { MaybePromise } from "../types.js";

/**
 * Saves a session. A response that says already that the request failed is not replaced by the error of that: the first
 * error counts.
 *
 * @param hasFailed - whether the response says so
 * @param nothing - the result where saving fails then
 */
export function unlessFailed<T>(saving: () => MaybePromise<T>, hasFailed: () => boolean, nothing: T): MaybePromise<T> {
  const giveUp = (error: unknown): T => {
    if (!hasFailed()) throw error;
    return nothing;
  };
  try {
    const pending = saving();
    return pending instanceof Promise ? pending.catch(giveUp) : pending;
  } catch (error) {
    return giveUp(error);
  }
}
