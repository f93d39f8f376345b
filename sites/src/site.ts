import type { CastForm, Comment, Range } from "./tree.js";

/**
 * One place in source code that touches a session.
 *
 * Of an access, `session` is the innermost expression that yields the session (`req.session`, `(req as any).session`),
 * `outer` the outermost expression that is still the session: with the casts, parentheses and `!` around it. Of a
 * destructured session, both are the element of the pattern: `session: s` in `const { session: s } = req`. Of a variable that
 * holds a session, `session` is its name where it is used, and stands for the request too. Of a call that opens one, the call
 * stands for the request, and `session` is what is awaited of it, or the call itself.
 */
export interface Site<Node> {
  readonly form: SiteForm;
  readonly session: Node;
  readonly outer: Node;
  /**
   * The expression that the session is read from, without the casts around it: `req` in `(req as any).session`. Where a
   * parameter is destructured, its pattern stands for the request.
   */
  readonly request: Node;
  /**
   * The key that is read or written through the session, where it is written in the source: `userId`, `["userId"]`, and
   * `{ session: { userId } }` if it is the only one there.
   */
  readonly key: string | undefined;
  /** What hides the session's type here, in source order. Empty for a plain access. */
  readonly disguises: readonly Disguise<Node>[];
}

/**
 * How a session is reached: `req.session`; or `const { session } = req` and `({ session }: Request) => …`; or by a variable that
 * holds one; or by `await getIronSession(req, res, options)` of iron-session.
 */
export type SiteForm = "access" | "destructured" | "held" | "opened";

/** Something in the source that hides a session's type from the compiler. */
export type Disguise<Node> =
  /** `req.session as any`, `<AppSession>req.session`, `req.session as unknown as AppSession` (one disguise, two casts). */
  | {
      readonly kind: "session-cast";
      readonly node: Node;
      readonly expression: Node;
      readonly form: CastForm;
      /** The outermost type as written, `any` or `AppSession`. */
      readonly type: string;
    }
  /** `(req as any).session`, `(<AppRequest>req).session`, `const { session } = req as any`. */
  | {
      readonly kind: "request-cast";
      readonly node: Node;
      readonly expression: Node;
      readonly form: CastForm;
      readonly type: string;
    }
  /** `cast(AppSession, request.session)`, with `cast` imported from `typed-session`. */
  | { readonly kind: "cast-call"; readonly node: Node; readonly expression: Node; readonly type: string }
  /** `// @ts-ignore` or `// @ts-expect-error` above the line of the access. */
  | { readonly kind: "suppression"; readonly comment: Comment; readonly directive: "ts-ignore" | "ts-expect-error" };

/** A replacement of one stretch of text. Edits of one file never overlap. */
export interface Edit extends Range {
  readonly text: string;
}
