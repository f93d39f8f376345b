import type { Proposal } from "./proposal.js";

/** Changes proposals; those that depend on a changed one depend on what became of it. */
export function changeProposals(proposals: readonly Proposal[], change: (proposal: Proposal) => Proposal): Proposal[] {
  const changed = new Map<Proposal, Proposal>();
  return proposals.map(changedOf);

  function changedOf(proposal: Proposal): Proposal {
    const known = changed.get(proposal);
    if (known !== undefined) return known;
    const own = change(proposal);
    const dependsOn = proposal.dependsOn && changedOf(proposal.dependsOn);
    const result = dependsOn === undefined || dependsOn === own.dependsOn ? own : { ...own, dependsOn };
    changed.set(proposal, result);
    return result;
  }
}

/**
 * Takes the ways to change some places away: their text stays.
 *
 * @param left - the proposals, with the reason for each
 */
export function leaveProposals(proposals: readonly Proposal[], left: ReadonlyMap<Proposal, string>): Proposal[] {
  return changeProposals(proposals, (each) => {
    const obstacle = left.get(each);
    return obstacle === undefined ? each : { ...each, attempts: [], obstacle };
  });
}
