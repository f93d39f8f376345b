import { originalOffset, type Edit } from "typed-session-sites";
import { isSameError } from "../verify/compare.js";
import type { CompilerError } from "../verify/compiler-error.js";
import { beginsAsItIs, type Proposal } from "./proposal.js";

/** A proposal that has to give way, and the error that it is on account of. */
export interface Blame {
  readonly culprit: Proposal;
  readonly blame: CompilerError;
}

/** A climb as far as it has come. */
export interface ClimbState {
  readonly proposals: readonly Proposal[];
  readonly levelOf: (proposal: Proposal) => number;
  /** Whether nothing is left to try for a proposal. */
  readonly isDown: (proposal: Proposal) => boolean;
  /** The new errors, of some files or of all, were the proposals on other levels. */
  readonly errorsAt: (level: (proposal: Proposal) => number, files?: readonly string[]) => readonly CompilerError[];
  /** The proposals that an error may come from, by the flow of data. `at` is of the original text. */
  readonly sourcesOf: (file: string, at: number) => readonly Proposal[];
}

type FileEdits = ReadonlyMap<string, readonly Edit[]>;

/** How many places that an error may come from are tried one by one before all are searched. */
const mostSources = 6;

/**
 * Makes a search for the proposals to blame for errors that stand elsewhere than on one of them: first where the flow of data
 * says that they come from, then by halving what is left.
 */
export function createBlameSearch(
  state: ClimbState,
): (errors: readonly CompilerError[], edits: FileEdits) => readonly Blame[] {
  const { proposals, levelOf, isDown, errorsAt, sourcesOf } = state;
  return search;

  function search(errors: readonly CompilerError[], edits: FileEdits): readonly Blame[] {
    const within = searchWithinFiles(errors, edits);
    const [error] = errors;
    return within.length > 0 || error === undefined ? within : searchEverywhere(error, errors, edits);
  }

  /**
   * Files whose first error comes from places of their own by all that the flow of data says have nothing to do with one
   * another, and are tried together: one by one, it takes as many rounds as there are files.
   */
  function searchWithinFiles(errors: readonly CompilerError[], edits: FileEdits): readonly Blame[] {
    const firsts = errors.filter(({ file }, index) => errors.findIndex((other) => other.file === file) === index);
    let open = firsts.flatMap((error) => {
      const sources = likelySources(error, edits);
      const isOwn = sources.length > 0 && sources.every(({ file }) => file === error.file);
      return isOwn ? [{ error, sources: sources.slice(0, mostSources) }] : [];
    });
    const found: Blame[] = [];
    for (let turn = 0; open.length > 1 && turn < mostSources; turn += 1) {
      const tried = new Set(open.flatMap(({ sources }) => sources[turn] ?? []));
      const left = errorsWithout(tried, lastWay, [...new Set(open.flatMap(({ error }) => error.file ?? []))]);
      const isGone = (error: CompilerError) => countOf(error, left) < countOf(error, errors);
      for (const { error, sources } of open) {
        const culprit = sources[turn];
        if (culprit !== undefined && isGone(error)) found.push({ culprit, blame: error });
      }
      open = open.filter(({ error, sources }) => sources.length > turn + 1 && !isGone(error));
    }
    return found;
  }

  function searchEverywhere(
    error: CompilerError,
    errors: readonly CompilerError[],
    edits: FileEdits,
  ): readonly Blame[] {
    const files = error.file === undefined ? undefined : [error.file];
    const isGone = (without: readonly Proposal[], level: (proposal: Proposal) => number) =>
      countOf(error, errorsWithout(new Set(without), level, files)) < countOf(error, errors);
    const sources = likelySources(error, edits).slice(0, mostSources);
    const source = sources.find((each) => isGone([each], lastWay));
    if (source !== undefined) return [{ culprit: source, blame: error }];
    const suspects = suspectsOf(error, proposals, edits).filter((each) => !isDown(each));
    return isolate(suspects, (without) => isGone(without, levelWithout)).map((culprit) => ({ culprit, blame: error }));
  }

  function likelySources({ file, start }: CompilerError, edits: FileEdits): readonly Proposal[] {
    const sources = file === undefined ? [] : sourcesOf(file, originalOffset(edits.get(file) ?? [], start));
    return sources.filter((each) => !isDown(each));
  }

  /** The errors of some files, were some proposals on another level. */
  function errorsWithout(
    without: ReadonlySet<Proposal>,
    level: (proposal: Proposal) => number,
    files: readonly string[] | undefined,
  ): readonly CompilerError[] {
    return errorsAt((each) => (without.has(each) ? level(each) : levelOf(each)), files);
  }

  function lastWay(proposal: Proposal): number {
    return Math.max(levelOf(proposal) + 1, proposal.attempts.length - 1);
  }

  /** As if it had never been proposed. What begins as it is has nothing to take back: its next level tells more. */
  function levelWithout(proposal: Proposal): number {
    return beginsAsItIs(proposal) ? levelOf(proposal) + 1 : proposal.attempts.length;
  }
}

function countOf(error: CompilerError, errors: readonly CompilerError[]): number {
  return errors.filter((other) => isSameError(error, other)).length;
}

/** Nearest first: the sites of the statement that the error is in, then those of its file, then all. */
function suspectsOf(
  { file, start }: CompilerError,
  proposals: readonly Proposal[],
  edits: FileEdits,
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
