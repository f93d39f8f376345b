// What the pages answer, with a session and without.
import { sampleSession } from "../sample-session.mjs";

/**
 * What a page shows of a session: enough to see that it is the right one.
 *
 * @throws Error when nobody is logged in: the request fails, so that a lost session is not taken for a fast one.
 */
export function summarize({ userId, visits, cart }) {
  if (userId === undefined) throw new Error("Nobody is logged in");
  return { userId, visits, items: cart.length };
}

const always = summarize(sampleSession());

/** The pages of an application without sessions, and the route of others that does not use its session. */
export const plainPages = { logIn: () => {}, read: () => always, change: () => {} };

export const untouchedAnswer = always;

/** Calls `next` with a result, at once where it is there. */
export function whenDone(result, next) {
  return result instanceof Promise ? result.then(next) : next(result);
}
