import type { Host } from "./find-hosts.js";

/** A place in source code. */
export interface DiagnosedPlace {
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What is written there. */
  readonly found: string;
  /** The declaration to blame, such as `'req' is declared any at src/flash.ts:8`. */
  readonly why?: string;
}

/** One reason why sessions are untyped, with all places that it is the reason of. */
export interface Finding {
  /** Such as `the request is declared any`. */
  readonly reason: string;
  /** What to do about it. */
  readonly fix: string;
  readonly places: readonly DiagnosedPlace[];
}

/** What `doctor` says of an application. */
export interface Diagnosis {
  readonly compiler: string;
  readonly tsconfig: string;
  readonly compiledFiles: number;
  readonly hosts: readonly Host[];
  /** Where `session` is declared, as seen from the places that read one: `path:line`, from the tsconfig's folder. */
  readonly declaredAt: readonly string[];
  /** How many places touch the session of a request. */
  readonly sites: number;
  /** How many of them have a type. */
  readonly typedSites: number;
  /** The most frequent first. Declarations that merge with nothing are findings of their own. */
  readonly findings: readonly Finding[];
}
