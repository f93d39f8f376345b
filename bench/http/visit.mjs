// One browser's visits: to log in, and to see that a contender does what it is measured for.
import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";

/** Logs in, and resolves to the cookies of the session. */
export async function logIn(address) {
  const cookies = new Map();
  await visit(address, "/log-in", cookies);
  return cookies;
}

/**
 * Visits every route once.
 *
 * @throws AssertionError when the page does not show the session, or what was changed is not there at the next visit.
 */
export async function assertKeepsSession(address, expected) {
  const cookies = await logIn(address);
  notDeepStrictEqual(cookies.size, 0, "the login sets a cookie");
  deepStrictEqual(await visit(address, "/read", cookies), expected, "the page shows the session");
  await visit(address, "/write", cookies);
  const changed = { ...expected, visits: expected.visits + 1 };
  deepStrictEqual(await visit(address, "/read", cookies), changed, "the page shows what was changed");
  deepStrictEqual(await visit(address, "/untouched", cookies), expected, "the other page answers");
}

export function cookieHeader(cookies) {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

async function visit(address, path, cookies) {
  const response = await fetch(address + path, { headers: cookies.size > 0 ? { cookie: cookieHeader(cookies) } : {} });
  deepStrictEqual(response.status, 200, `${path} answers`);
  for (const setCookie of response.headers.getSetCookie()) {
    const [pair = ""] = setCookie.split(";", 1);
    const separator = pair.indexOf("=");
    cookies.set(pair.slice(0, separator), pair.slice(separator + 1));
  }
  return response.json();
}
