import type { Host } from "../registration/find-hosts.js";

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

/** The kinds of reasons. */
export type FindingCode =
  | "cast"
  | "dead-declaration"
  | "declared-any"
  | "disagreeing-declarations"
  | "hidden-error"
  | "index-signature"
  | "missing-types"
  | "no-session"
  | "old-types"
  | "types-not-included"
  | "undeclared-key"
  | "unseen-by-ts-node"
  | "unseen-declaration"
  | "untyped-parameter"
  | "untyped-request";

/** One reason why sessions are untyped, with all places that it is the reason of. */
export interface Finding {
  /** The kind of the reason, for programs. */
  readonly code: FindingCode;
  /** Such as `the request is declared any`. */
  readonly reason: string;
  /** What to do about it: the command that does it, and what one would write by hand. */
  readonly fix: string;
  /** The command of this tool that does it; `undefined` where it takes a decision or an installation. */
  readonly command: string | undefined;
  /** The places that are untyped for this reason. */
  readonly places: readonly DiagnosedPlace[];
  /** The declarations, or errors in declarations, that are to blame. */
  readonly declarations: readonly DiagnosedPlace[];
}

/** What `doctor` says of an application. */
export interface Diagnosis {
  /** The application's compiler, such as `TypeScript 6.0.3`. */
  readonly compiler: string;
  /** Absolute path. */
  readonly tsconfig: string;
  /** How many files of the application were compiled. */
  readonly compiledFiles: number;
  /** The session libraries that the application has. */
  readonly hosts: readonly Host[];
  /** Where the installed session library reads the types of the keys, such as `SessionData of "express-session"`. */
  readonly keysReadFrom: string | undefined;
  /** Where `session` is declared, as seen from the places that read one: `path:line`, from the tsconfig's folder. */
  readonly declaredAt: readonly string[];
  /** How many places touch the session of a request, through variables and parameters too. */
  readonly places: number;
  /** How many of them have a type. */
  readonly typedPlaces: number;
  /** The one with the most places first. */
  readonly findings: readonly Finding[];
}
