// What the pages answer, with a session and without.
import { sampleSession } from "../sample-session.mjs";

/** What a page shows of a session: enough to see that it is the right one. */
export function summarize({ userId, visits, cart }) {
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
