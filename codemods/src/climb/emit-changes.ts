import type { Climb } from "./climb-down.js";

/** The files whose emitted JavaScript changes on purpose: the call of `cast()` went. */
export function filesChangedByDesign({ outcomes }: Pick<Climb, "outcomes">): string[] {
  const changing = outcomes.filter(({ proposal, rung }) => proposal.changesEmit && rung !== 4);
  return [...new Set(changing.map(({ proposal }) => proposal.file))];
}
