import type { CompilerError } from "./compiler-error.js";

/** What of a result says whether it may be written. */
export interface Proof {
  /** Errors of the compiler that were not there before. */
  readonly newErrors: readonly CompilerError[];
  /** Files that would emit other JavaScript than before, and are not meant to. */
  readonly emitFaults: readonly string[];
}

/** Whether only types would change: see the design's P7. */
export function isProven({ newErrors, emitFaults }: Proof): boolean {
  return newErrors.length === 0 && emitFaults.length === 0;
}
