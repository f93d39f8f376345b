import type { Climb } from "./climb-down.js";
import type { Proposal } from "./proposal.js";

/** The files whose emitted JavaScript changes on purpose: the call of `cast()` went. */
export function filesChangedByDesign({ outcomes }: Pick<Climb, "outcomes">): string[] {
  const changing = outcomes.filter(({ proposal, rung }) => proposal.changesEmit && rung !== 4);
  return [...new Set(changing.map(({ proposal }) => proposal.file))];
}

/** A proposal of a file that would emit other JavaScript: the text stays. */
export function leaveForItsEmit(proposal: Proposal): Proposal {
  return { ...proposal, attempts: [], obstacle: "the file's emitted JavaScript would change" };
}
