import type { Edit, Range } from "typed-session-sites";
import type { Rung } from "./rung.js";

/** One way to change a site, and the rung that it would end on. */
export interface Attempt {
  readonly rung: Exclude<Rung, 4>;
  readonly edits: readonly Edit[];
}

/** A place that a transform wants to change, with the ways to do so in the order of preference. Edits are plain data. */
export interface Proposal {
  /** Absolute path. */
  readonly file: string;
  /** Stretch of the original text that errors caused by this site are likely in: its statement. */
  readonly start: number;
  readonly end: number;
  /** The access of the session, with the key asked of it. */
  readonly expression?: Range;
  /** Where the site itself ends. It tells the sites of a file apart. */
  readonly at: number;
  /** 1-based line of the site itself. */
  readonly line: number;
  /** Whether it is a place that touches a session, a read through an alias of one, or a declaration of its keys. */
  readonly kind: "site" | "use" | "declaration";
  /** What was found, such as `session as any`. */
  readonly found: string;
  /** Stands where the emitted JavaScript changes by design: the call of `cast()` goes. */
  readonly changesEmit: boolean;
  readonly attempts: readonly Attempt[];
  /** For a use: the site that made the alias. Where that stays as it was, the use does too. */
  readonly dependsOn?: Proposal;
  /** Why there is no attempt, where there is none. */
  readonly obstacle?: string;
}
