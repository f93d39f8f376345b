import { applyEdits, originalOffset, type Edit } from "typed-session-sites";
import { isSameError, newErrors } from "../verify/compare.js";
import type { Compilation, Texts } from "../verify/compile.js";
import type { CompilerError } from "../verify/compiler-error.js";
import type { Proposal } from "./proposal.js";
import type { Rung } from "./rung.js";

/** How a proposal ended. */
export interface Outcome {
  readonly proposal: Proposal;
  readonly rung: Rung;
  /** Why it did not end on rung 1: the compiler's words. */
  readonly reason: string | undefined;
}

export interface Climb {
  readonly outcomes: readonly Outcome[];
  /** The edits of the changed files. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  /** The changed files' texts. */
  readonly texts: Texts;
  readonly compilation: Compilation;
  /** Errors that no proposal is to blame for. Always empty, unless the compiler contradicts itself. */
  readonly errors: readonly CompilerError[];
}

export interface ClimbInput {
  readonly compile: (texts: Texts) => Compilation;
  readonly baseline: readonly CompilerError[];
  readonly originals: Texts;
  readonly proposals: readonly Proposal[];
  /** Further edits that follow from the chosen ones: imports that nobody uses any more. */
  readonly finish: (file: string, chosen: readonly Edit[]) => readonly Edit[];
}

/**
 * Finds for each proposal the first attempt that adds no compiler error anywhere in the program.
 *
 * All start on their first attempt. As long as there is a new error, a proposal that is to blame for it goes one down. It
 * ends, since every round lowers one and the last step, the original text, adds no error. A file with errors is checked
 * alone until it has none; the whole program is checked at the beginning, and when all files are done.
 */
export function climbDown({ compile, baseline, originals, proposals, finish }: ClimbInput): Climb {
  const levels = new Map(proposals.map((proposal) => [proposal, 0]));
  const reasons = new Map<Proposal, string>();
  const levelOf = (proposal: Proposal) => levels.get(proposal) ?? 0;
  const isDown = (proposal: Proposal): boolean =>
    levelOf(proposal) === proposal.attempts.length || (proposal.dependsOn !== undefined && isDown(proposal.dependsOn));
  const withErrors = new Set<string>();

  for (;;) {
    const [file] = withErrors;
    const { edits, texts, compilation, errors } = attempt(levelOf, file);
    const [error] = errors;
    if (error === undefined && file !== undefined) {
      withErrors.delete(file);
      continue;
    }
    if (error === undefined || proposals.every(isDown)) {
      return { outcomes: proposals.map(outcomeOf), edits, texts, compilation, errors };
    }
    for (const each of errors) if (each.file !== undefined) withErrors.add(each.file);
    const onTheirOwn = errors.flatMap((each) => {
      const culprit = proposals.find((proposal) => !isDown(proposal) && standsOn(each, proposal, edits));
      return culprit === undefined ? [] : [{ culprit, blame: each }];
    });
    const found = onTheirOwn.length > 0 ? onTheirOwn : search(error, errors, edits);
    for (const [culprit, blame] of new Map(found.map((each) => [each.culprit, each.blame]))) lower(culprit, blame);
  }

  function lower(proposal: Proposal, { code, message }: Pick<CompilerError, "code" | "message">): void {
    levels.set(proposal, levelOf(proposal) + 1);
    reasons.set(proposal, `TS${code}: ${message}`);
    // A use that can't be written in any way is one more reason against its alias.
    if (proposal.dependsOn && levelOf(proposal) === proposal.attempts.length)
      lower(proposal.dependsOn, { code, message });
  }

  /** The proposals to blame for an error that stands elsewhere than on one of them. */
  function search(error: CompilerError, errors: readonly CompilerError[], edits: Climb["edits"]) {
    const alike = errors.filter((other) => isSameError(error, other)).length;
    const suspects = suspectsOf(error, proposals, edits).filter((each) => !isDown(each));
    const culprits = isolate(suspects, (without) => {
      const left = attempt((each) => (without.includes(each) ? levelWithout(each) : levelOf(each)), error.file);
      return left.errors.filter((other) => isSameError(error, other)).length < alike;
    });
    return culprits.map((culprit) => ({ culprit, blame: error }));
  }

  /** As if it had never been proposed. A use is as it was on its first level already: its next one tells more. */
  function levelWithout(proposal: Proposal): number {
    return proposal.dependsOn ? levelOf(proposal) + 1 : proposal.attempts.length;
  }

  /** Compiles with each proposal on a level; the errors are those of one file, or of all. */
  function attempt(level: (proposal: Proposal) => number, file?: string) {
    const edits = chooseEdits(proposals, level, finish);
    const texts = applyAll(originals, edits);
    const compilation = compile(texts);
    const found = compilation.errors(file === undefined ? undefined : [file]);
    const known = file === undefined ? baseline : baseline.filter((error) => error.file === file);
    const errors = newErrors(known, found, (error) => originalOffset(edits.get(error.file ?? "") ?? [], error.start));
    return { edits, texts, compilation, errors };
  }

  function outcomeOf(proposal: Proposal): Outcome {
    const rung = isDown(proposal) ? 4 : (proposal.attempts[levelOf(proposal)]?.rung ?? 4);
    return { proposal, rung, reason: reasons.get(proposal) ?? proposal.obstacle };
  }
}

/** Whether an error stands on the very expression that a proposal changes: its type depends on nothing that others change. */
function standsOn({ file, start }: CompilerError, { file: own, expression }: Proposal, edits: Climb["edits"]): boolean {
  if (file !== own || expression === undefined) return false;
  const offset = originalOffset(edits.get(own) ?? [], start);
  return expression.start <= offset && offset < expression.end;
}

/** Nearest first: the sites of the statement that the error is in, then those of its file, then all. */
function suspectsOf(
  { file, start }: CompilerError,
  proposals: readonly Proposal[],
  edits: Climb["edits"],
): readonly Proposal[] {
  const inFile = proposals.filter((proposal) => proposal.file === file);
  if (file === undefined || inFile.length === 0) return proposals;
  const offset = originalOffset(edits.get(file) ?? [], start);
  const here = inFile.filter((proposal) => proposal.start <= offset && offset < proposal.end);
  const elsewhere = inFile.filter((proposal) => !here.includes(proposal));
  return [
    ...here,
    ...elsewhere.filter(({ kind }) => kind === "use"),
    ...elsewhere.filter(({ kind }) => kind !== "use"),
    ...proposals.filter((each) => each.file !== file),
  ];
}

/**
 * The fewest suspects, as far as halving finds them, without whose edits the error is gone. The first suspect is tried
 * alone: usually it is the one.
 */
function isolate(
  suspects: readonly Proposal[],
  isGone: (without: readonly Proposal[]) => boolean,
): readonly Proposal[] {
  const [first, ...others] = suspects;
  if (first === undefined || others.length === 0 || isGone([first])) return suspects.slice(0, 1);
  let guilty = suspects;
  while (guilty.length > 1) {
    const half = Math.ceil(guilty.length / 2);
    const [near, far] = [guilty.slice(0, half), guilty.slice(half)];
    if (isGone(near)) guilty = near;
    else if (isGone(far)) guilty = far;
    else break; // it takes several of them
  }
  return guilty;
}

function chooseEdits(
  proposals: readonly Proposal[],
  levelOf: (proposal: Proposal) => number,
  finish: ClimbInput["finish"],
): ReadonlyMap<string, readonly Edit[]> {
  const chosen = new Map<string, Edit[]>();
  const isOriginal = (proposal: Proposal) => levelOf(proposal) >= proposal.attempts.length;
  for (const proposal of proposals) {
    if (proposal.dependsOn && isOriginal(proposal.dependsOn)) continue;
    const edits = proposal.attempts[levelOf(proposal)]?.edits ?? [];
    chosen.set(proposal.file, [...(chosen.get(proposal.file) ?? []), ...edits]);
  }
  return new Map([...chosen].map(([file, edits]) => [file, [...edits, ...finish(file, edits)]]));
}

function applyAll(originals: Texts, edits: ReadonlyMap<string, readonly Edit[]>): Texts {
  const changed = [...edits].filter(([, each]) => each.length > 0);
  return new Map(changed.map(([file, each]) => [file, applyEdits(originals.get(file) ?? "", each)]));
}
