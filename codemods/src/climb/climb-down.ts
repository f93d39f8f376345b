import { applyEdits, originalOffset, type Edit } from "typed-session-sites";
import { newErrors } from "../verify/compare.js";
import type { Compilation, Texts } from "../verify/compile.js";
import type { CompilerError } from "../verify/compiler-error.js";
import { isAboutAbsence } from "./absence.js";
import { chooseAttempts, editsOf, type Choice } from "./choose-edits.js";
import { createBlameSearch } from "./find-culprits.js";
import { beginsAsItIs, type Attempt, type Proposal } from "./proposal.js";
import type { Rung } from "./rung.js";

/** How a proposal ended. */
export interface Outcome {
  readonly proposal: Proposal;
  readonly rung: Rung;
  /** Why it did not end on rung 1: the compiler's words. */
  readonly reason: string | undefined;
  /** Whether the text of the place is another one. */
  readonly isChanged: boolean;
}

export interface Climb {
  readonly outcomes: readonly Outcome[];
  /** The edits of the changed files. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  /** The changed files' texts. */
  readonly texts: Texts;
  readonly compilation: Compilation;
  /** Errors that no proposal is to blame for. */
  readonly errors: readonly CompilerError[];
  /** Places whose text was never changed, and that fit no new type in any way. What is declared elsewhere has to change. */
  readonly stuck: readonly Proposal[];
}

export interface ClimbInput {
  readonly compile: (texts: Texts) => Compilation;
  readonly baseline: readonly CompilerError[];
  readonly originals: Texts;
  readonly proposals: readonly Proposal[];
  /** Further edits that follow from the chosen ones: imports that nobody uses any more. */
  readonly finish: (file: string, chosen: readonly Attempt[]) => readonly Edit[];
  /** The files whose errors can change at all; by default, all. */
  readonly affected?: readonly string[];
  /** Texts that stand beside those of the proposals. */
  readonly additions?: Texts;
  /** The proposals that an error which stands elsewhere may come from, by the flow of data. `at` is of the original text. */
  readonly sourcesOf?: (file: string, at: number) => readonly Proposal[];
}

/**
 * Finds for each proposal the first attempt that adds no compiler error anywhere in the program.
 *
 * All start on their first attempt. As long as two overlap, or there is a new error, a proposal that is to blame goes one
 * down. It ends, since every round lowers one and the last step, the original text, adds no error. Only the files that may have
 * errors are checked until they have none; then the whole program is.
 */
export function climbDown(input: ClimbInput): Climb {
  const { proposals, affected, additions = new Map<string, string>(), sourcesOf = () => [] } = input;
  /** What is checked last; `undefined` for the whole program. */
  const whole = affected && [...new Set([...affected, ...additions.keys()])];
  const levels = new Map(proposals.map((proposal) => [proposal, 0]));
  const reasons = new Map<Proposal, string>();
  const levelOf = (proposal: Proposal) => levels.get(proposal) ?? 0;
  const isDown = (proposal: Proposal): boolean =>
    levelOf(proposal) === proposal.attempts.length || (proposal.dependsOn !== undefined && isDown(proposal.dependsOn));
  const errorsAt = (level: (proposal: Proposal) => number, files?: readonly string[]) =>
    attemptChoice(input, chooseAttempts(proposals, level), files).errors;
  const search = createBlameSearch({ proposals, levelOf, isDown, errorsAt, sourcesOf });
  const stuck = new Set<Proposal>();
  /** The files to check; `undefined` for all. */
  let scope: readonly string[] | undefined = [...new Set(proposals.map(({ file }) => file))];

  for (;;) {
    const choice = chooseAttempts(proposals, levelOf);
    if (choice.leftOut.size > 0) {
      for (const [proposal, other] of choice.leftOut) giveWay(proposal, other);
      continue;
    }
    const { edits, texts, compilation, errors } = attemptChoice(input, choice, scope);
    const [error] = errors;
    if (error === undefined && scope !== whole) {
      scope = whole;
      continue;
    }
    if (error === undefined || stuck.size > 0 || proposals.every(isDown)) {
      return { outcomes: proposals.map(outcomeOf), edits, texts, compilation, errors, stuck: [...stuck] };
    }
    const files = [...new Set(errors.map(({ file }) => file))];
    scope = files.every((each) => each !== undefined) ? files : whole;
    const onTheirOwn = errors.flatMap((each) => {
      const nearest = proposals.find((proposal) => !isDown(proposal) && standsOn(each, proposal, edits));
      return nearest === undefined ? [] : [{ culprit: aliasAtFault(each, nearest) ?? nearest, blame: each }];
    });
    const found = onTheirOwn.length > 0 ? onTheirOwn : search(errors, edits);
    for (const [culprit, blame] of new Map(found.map((each) => [each.culprit, each.blame]))) lower(culprit, blame);
  }

  /** That the session itself may be missing is for the place to answer that made the variable of it. */
  function aliasAtFault(error: CompilerError, { dependsOn, aliasLength }: Proposal): Proposal | undefined {
    if (dependsOn === undefined || error.length !== aliasLength || !isAboutAbsence(error)) return undefined;
    return dependsOn.attempts[levelOf(dependsOn) + 1]?.rung === 2 ? dependsOn : undefined;
  }

  function lower(proposal: Proposal, { code, message }: Pick<CompilerError, "code" | "message">): void {
    const next = ({ attempts }: Proposal, level: number) => nextLevel(attempts, level, { code, message });
    moveDown(proposal, next, `TS${code}: ${message}`);
  }

  /** Two proposals whose edits overlap can't both be written: their result would depend on their order. */
  function giveWay(proposal: Proposal, other: Proposal): void {
    const reason =
      other === proposal ? "its own edits overlap" : `it overlaps with ${other.found} of line ${other.line}`;
    moveDown(proposal, (_, level) => level + 1, reason);
  }

  function moveDown(proposal: Proposal, next: (proposal: Proposal, level: number) => number, reason: string): void {
    levels.set(proposal, next(proposal, levelOf(proposal)));
    reasons.set(proposal, reason);
    for (const each of proposals) if (each.dependsOn === proposal) levels.set(each, 0);
    if (levelOf(proposal) < proposal.attempts.length) return;
    // What has a text of its own to go back to fits whatever its alias is.
    if (!beginsAsItIs(proposal)) return;
    // A use that can't be written in any way is one more reason against its alias.
    if (proposal.dependsOn === undefined) stuck.add(proposal);
    // Another use may have taken the alias down in the same round.
    else if (!isDown(proposal.dependsOn)) moveDown(proposal.dependsOn, next, reason);
  }

  function reasonFor(proposal: Proposal): string | undefined {
    const { obstacle, dependsOn } = proposal;
    const inherited = dependsOn !== undefined && isDown(dependsOn) ? reasonFor(dependsOn) : undefined;
    return reasons.get(proposal) ?? obstacle ?? inherited;
  }

  function outcomeOf(proposal: Proposal): Outcome {
    const attempt = isDown(proposal) ? undefined : proposal.attempts[levelOf(proposal)];
    const isChanged = attempt !== undefined && attempt.edits.length > 0;
    return { proposal, rung: attempt?.rung ?? 4, reason: reasonFor(proposal), isChanged };
  }
}

/** Where it is another type that does not fit, and not a value that may be missing, no `!` helps. */
function nextLevel(
  attempts: readonly Attempt[],
  level: number,
  error: Pick<CompilerError, "code" | "message">,
): number {
  if (isAboutAbsence(error)) return level + 1;
  const next = attempts.findIndex(({ rung }, index) => index > level && rung !== 2);
  return next < 0 ? attempts.length : next;
}

/** Compiles with every proposal on its first attempt; the errors are those of some files, or of all. */
export function tryFirstAttempts(input: ClimbInput, files?: readonly string[]): Pick<Climb, "edits" | "errors"> {
  return attemptChoice(
    input,
    chooseAttempts(input.proposals, () => 0),
    files,
  );
}

/** The files that change with every proposal on its first attempt, and the program with them. Nothing is checked. */
export function compileFirstAttempts(input: ClimbInput): Pick<Climb, "edits" | "compilation"> {
  return compileChoice(
    input,
    chooseAttempts(input.proposals, () => 0),
  );
}

/** Compiles with each proposal on the way that was chosen. */
function attemptChoice(input: ClimbInput, choice: Choice, files: readonly string[] | undefined) {
  const { edits, texts, compilation } = compileChoice(input, choice);
  const { baseline } = input;
  const found = compilation.errors(files);
  const known =
    files === undefined ? baseline : baseline.filter(({ file }) => file !== undefined && files.includes(file));
  const errors = newErrors(known, found, (error) => originalOffset(edits.get(error.file ?? "") ?? [], error.start));
  return { edits, texts, compilation, errors };
}

function compileChoice({ compile, originals, finish, additions = new Map() }: ClimbInput, choice: Choice) {
  const edits = editsOf(choice, finish);
  const texts: Texts = new Map([...additions, ...applyAll(originals, edits)]);
  return { edits, texts, compilation: compile(texts) };
}

/** Whether an error stands on the very expression that a proposal changes: its type depends on nothing that others change. */
function standsOn({ file, start }: CompilerError, proposal: Proposal, edits: Climb["edits"]): boolean {
  const { file: own, expression, governs = [] } = proposal;
  if (file !== own) return false;
  const offset = originalOffset(edits.get(own) ?? [], start);
  return [...(expression === undefined ? [] : [expression]), ...governs].some(
    ({ start: from, end }) => from <= offset && offset < end,
  );
}

function applyAll(originals: Texts, edits: ReadonlyMap<string, readonly Edit[]>): Texts {
  const changed = [...edits].filter(([, each]) => each.length > 0);
  return new Map(changed.map(([file, each]) => [file, applyEdits(originals.get(file) ?? "", each)]));
}
