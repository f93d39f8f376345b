import type { SessionOf, SessionSource } from "./types.js";

/**
 * Tells the compiler that a session has a type. Nothing is checked.
 *
 * @deprecated Give the type to the backend (`session: appSession`) and to the request
 * (`Request<User, Auth, State, AppSession>`, or `Register`): then it is checked when the session is loaded. The
 * transform `remove-session-casts` of `typed-session-codemod` rewrites calls of this function. Gone in v3.
 *
 * @example
 * ```ts
 * const session = cast(AppSession, request.session);
 * ```
 */
export function cast<TSource extends SessionSource>(_type: TSource, session: unknown): NonNullable<SessionOf<TSource>> {
  return session as NonNullable<SessionOf<TSource>>;
}
