import { originalOffset, type Range } from "typed-session-sites";
import type { InferredKey, Readings } from "../evidence/infer-keys.js";
import type { CompilerError } from "../verify/compiler-error.js";
import { isAboutAbsence } from "./absence.js";
import type { Climb } from "./climb-down.js";
import type { Proposal } from "./proposal.js";

/** The program with some readings of the keys, and every proposal on its first attempt. */
export interface Trial {
  readonly errors: readonly CompilerError[];
  readonly edits: Climb["edits"];
}

/** What `fitKeys` works with. */
export interface FitInput {
  readonly keys: readonly InferredKey[];
  readonly proposals: readonly Proposal[];
  /** The new errors, of some files or of all. */
  readonly tryOut: (readings: Readings, files?: readonly string[]) => Trial;
  readonly sourcesOf: (file: string, at: number) => readonly Proposal[];
}

/**
 * Finds for each key the narrowest reading that its uses agree with: where an error that no `!` answers leads to a key, its
 * wider readings are tried before any place in the code is asked to give way.
 */
export function fitKeys({ keys, proposals, tryOut, sourcesOf }: FitInput): Readings {
  const readings = new Map(keys.map(({ key }) => [key, 0]));
  const first = tryOut(readings, [...new Set(proposals.map(({ file }) => file))]);
  for (const [key, misfits] of misfitsByKey(first, proposals, sourcesOf)) {
    const possible = keys.find((each) => each.key === key)?.readings.length ?? 0;
    const files = [...new Set(misfits.flatMap(({ file }) => file ?? []))];
    let fewest = first.errors.filter((error) => isMisfit(error) && files.includes(error.file ?? "")).length;
    // The last reading is `any`. It fits everywhere, and says nothing: the places come first.
    for (let reading = 1; reading < possible - 1; reading += 1) {
      const left = tryOut(new Map([...readings, [key, reading]]), files).errors.filter(isMisfit).length;
      if (left >= fewest) continue;
      readings.set(key, reading);
      fewest = left;
    }
  }
  return readings;
}

function isMisfit(error: CompilerError): boolean {
  return !isAboutAbsence(error);
}

/** The errors that lead to each key, most first. */
function misfitsByKey(
  { errors, edits }: Trial,
  proposals: readonly Proposal[],
  sourcesOf: FitInput["sourcesOf"],
): [string, readonly CompilerError[]][] {
  const found = new Map<string, CompilerError[]>();
  for (const error of errors.filter(isMisfit)) {
    for (const key of keysBehind(error, edits, proposals, sourcesOf))
      found.set(key, [...(found.get(key) ?? []), error]);
  }
  return [...found].sort(([, a], [, b]) => b.length - a.length);
}

function keysBehind(
  { file, start }: CompilerError,
  edits: Climb["edits"],
  proposals: readonly Proposal[],
  sourcesOf: FitInput["sourcesOf"],
): ReadonlySet<string> {
  if (file === undefined) return new Set();
  const at = originalOffset(edits.get(file) ?? [], start);
  const own = proposals.filter((each) => each.file === file);
  const isIn = ({ start: from, end }: Range) => from <= at && at < end;
  const here = own.filter(({ key, expression }) => key !== undefined && expression !== undefined && isIn(expression));
  // What else is asked of a request is no key's fault.
  if (here.length === 0 && own.some(({ governs = [] }) => governs.some(isIn))) return new Set();
  const near = [...here, ...sourcesOf(file, at)];
  const suspects = near.length > 0 ? near : own.filter(isIn);
  return new Set(suspects.flatMap(({ key }) => key ?? []));
}
