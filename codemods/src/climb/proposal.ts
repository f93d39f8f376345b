import type { Edit, Range } from "typed-session-sites";
import type { TypeImport } from "../imports/add-type-imports.js";
import type { Rung } from "./rung.js";

/** One way to change a site, and the rung that it would end on. */
export interface Attempt {
  /** 4 where the type is given up in so many words: what was any without a cast gets one. */
  readonly rung: Rung;
  readonly edits: readonly Edit[];
  /** Types that the new text refers to. */
  readonly imports?: readonly TypeImport[];
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
  /** How long the variable's name is that a use reads the session through. */
  readonly aliasLength?: number;
  /** Where the variable ends that the key's value is destructured into, if it is read by that. */
  readonly variableAt?: number;
  /** Where the site itself ends. It tells the sites of a file apart. */
  readonly at: number;
  /** 1-based line of the site itself. */
  readonly line: number;
  /** Stretches of the original text whose errors are this proposal's own, beside `expression`: uses of what it declares. */
  readonly governs?: readonly Range[];
  /** Whether it is a place that touches a session, a read through an alias of one, or a declaration that types them. */
  readonly kind: "site" | "use" | "declaration";
  /** The key that is asked of the session here. */
  readonly key?: string;
  /** What was found, such as `session as any`. */
  readonly found: string;
  /** Stands where the emitted JavaScript changes by design: the call of `cast()` goes. */
  readonly changesEmit: boolean;
  readonly attempts: readonly Attempt[];
  /** The site that made the alias, or the declaration that gives the request its type. Where that stays as it was, so does this. */
  readonly dependsOn?: Proposal;
  /** Why there is no attempt, where there is none. */
  readonly obstacle?: string;
}

/** Whether a proposal is to leave the text alone, unless the types that it gets then do not fit. */
export function beginsAsItIs({ attempts: [first] }: Proposal): boolean {
  return first !== undefined && first.edits.length === 0;
}
