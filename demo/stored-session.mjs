import assert from "node:assert/strict";
import { join } from "node:path";

/**
 * The file that holds the session of the stage's visitor.
 *
 * @param {import("./stage.mjs").Stage} stage
 */
export function storedSessionPath({ sessions, visitor }) {
  return join(sessions, `${sessionId(visitor.cookies.get("shop.sid"))}.json`);
}

/**
 * The id in an express-session cookie: `s:<id>.<signature>`.
 *
 * @param {string | undefined} cookie
 */
function sessionId(cookie) {
  const id = /^s:([^.]+)\./.exec(decodeURIComponent(cookie ?? ""))?.[1];
  assert.ok(id, `This is not a cookie of express-session: ${cookie}`);
  return id;
}
