import type { Edit } from "typed-session-sites";
import { findOverlaps, thatFit } from "../text/overlaps.js";
import { beginsAsItIs, type Attempt, type Proposal } from "./proposal.js";

/** What proposals come to, each on a level. */
export interface Choice {
  /** The ways that were chosen, by file: no two of them overlap. */
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
  /** The proposals left out, since their edits overlap with those of others: each with the other. */
  readonly leftOut: ReadonlyMap<Proposal, Proposal>;
}

/** Chooses the way that each proposal is on. Where two can't be written together, one of them is left out. */
export function chooseAttempts(proposals: readonly Proposal[], levelOf: (proposal: Proposal) => number): Choice {
  const isOriginal = (proposal: Proposal): boolean =>
    levelOf(proposal) >= proposal.attempts.length ||
    (proposal.dependsOn !== undefined && isOriginal(proposal.dependsOn));
  const byFile = new Map<string, Chosen[]>();
  for (const proposal of proposals) {
    const attempt = isOriginal(proposal) ? undefined : proposal.attempts[levelOf(proposal)];
    if (attempt === undefined || attempt.edits.length === 0) continue;
    const chosen = { proposal, attempt, edits: attempt.edits, mustStay: beginsAsItIs(proposal) };
    const known = byFile.get(proposal.file);
    if (known === undefined) byFile.set(proposal.file, [chosen]);
    else known.push(chosen);
  }
  const overlaps = [...byFile.values()].flatMap((chosen) => [...findOverlaps(chosen)]);
  const leftOut = new Map(overlaps.map(([out, other]) => [out.proposal, other.proposal]));
  const isOut = (proposal: Proposal): boolean =>
    leftOut.has(proposal) || (proposal.dependsOn !== undefined && isOut(proposal.dependsOn));
  const attempts = [...byFile].map(([file, chosen]) => {
    const staying = chosen.filter(({ proposal }) => !isOut(proposal));
    return [file, staying.map(({ attempt }) => attempt)] as const;
  });
  return { attempts: new Map(attempts.filter(([, each]) => each.length > 0)), leftOut };
}

interface Chosen {
  readonly proposal: Proposal;
  readonly attempt: Attempt;
  readonly edits: readonly Edit[];
  readonly mustStay: boolean;
}

/** The edits of the changed files, with those that follow from them. No two overlap. */
export function editsOf(
  { attempts }: Choice,
  finish: (file: string, chosen: readonly Attempt[]) => readonly Edit[],
): ReadonlyMap<string, readonly Edit[]> {
  return new Map(
    [...attempts].map(([file, chosen]) => {
      const edits = chosen.flatMap((each) => each.edits);
      return [file, [...edits, ...thatFit(edits, finish(file, chosen))]];
    }),
  );
}
