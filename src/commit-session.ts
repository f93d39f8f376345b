import { andThen } from "./maybe-promise.js";
import type { SessionHandle } from "./session-handle.js";
import type { MaybePromise } from "./types.js";

/** What a response needs for the session: header names and values, in order. `Set-Cookie` may come several times. */
export type SessionHeaders = readonly (readonly [name: string, value: string])[];

/**
 * Saves what changed, and says which headers the response needs for it.
 *
 * A response that sets a session is for one visitor only: shared caches must not keep it (RFC 9111, section 7.3).
 *
 * @throws SessionInvalidError when the session does not have the declared type any more.
 * @throws SessionSerializationError when JSON can't hold it.
 * @throws SessionTooLargeError when it does not fit into its cookies. Nothing is saved in any of these cases.
 * @throws SessionConflictError when too many overlapping requests changed it first.
 *
 * @example
 * ```ts
 * const handle = middleware.open(scope);
 * await serve();
 * if (handle !== undefined) for (const [name, value] of await commitSession(handle)) response.appendHeader(name, value);
 * ```
 */
export function commitSession(handle: Pick<SessionHandle<unknown>, "commit">): MaybePromise<SessionHeaders> {
  return andThen(handle.commit(), (setCookies) =>
    setCookies.length === 0
      ? []
      : [
          ...setCookies.map((value) => ["Set-Cookie", value] as const),
          ["Cache-Control", "private"] as const,
          ["Vary", "Cookie"] as const,
        ],
  );
}
