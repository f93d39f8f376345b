/**
 * What passport 0.6 and later asks of a session, on the project's own engine.
 *
 * @packageDocumentation
 */

import type * as express from "express";
import { SessionMissingError } from "../errors.js";
import { isObject } from "../is-object.js";
import { attachedTo } from "./attach-session.js";

type Callback = (error?: unknown) => void;

/**
 * Express middleware for passport 0.6 and later on the project's own engine: passport asks the session itself to
 * `regenerate` and to `save` at a login and a logout, as express-session's sessions can. Mount it between `sessions()` and
 * `passport.session()`.
 *
 * `regenerate` ends the stored session and begins an empty one under a new id; `save` leaves the saving to the response,
 * whose first byte waits for it.
 *
 * @example
 * ```ts
 * app.use(sessions(backend), forPassport(), passport.session());
 * ```
 */
export function forPassport(): express.RequestHandler {
  return (request, _response, next) => {
    const attached = attachedTo(request);
    if (attached === undefined) {
      return next(new SessionMissingError("forPassport found no session: mount it behind sessions()."));
    }
    const members = {
      regenerate: (done: Callback) => {
        attached.handle.clear();
        done();
      },
      save: (done: Callback) => done(),
    };
    attached.present = (session) => addMembers(session, members);
    next();
  };
}

/** Hidden, so that they are no part of what is stored. */
function addMembers(session: unknown, members: object): void {
  if (!isObject(session) || Object.hasOwn(session, "regenerate")) return;
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(session, name, { value, configurable: true, enumerable: false, writable: true });
  }
}
