import type { Rung } from "./climb/rung.js";

/** One place that a transform looked at, and how it ended. */
export interface LedgerRow {
  /** Absolute path. */
  readonly file: string;
  /** 1-based, in the original text. */
  readonly line: number;
  /** A place that touches a session, a read through an alias that had to change, or a declaration of keys. */
  readonly kind: "site" | "use" | "declaration";
  /** What was there, such as `req.session as any`. */
  readonly found: string;
  /** How it ended. */
  readonly rung: Rung;
  /** Why it is not on rung 1: the compiler's words, or what was in the way. */
  readonly reason: string | undefined;
  /** Why the compiler still knows nothing of what is read here. No cast is left, but a declaration is missing. */
  readonly untyped: string | undefined;
  /** Whether the text of the place is another one. */
  readonly isChanged: boolean;
}
