import { dirname, relative } from "node:path";
import { leaveProposals } from "./change-proposals.js";
import type { Proposal } from "./proposal.js";

/**
 * Takes proposals back on account of files that emit other JavaScript: those of the files themselves; where they have none
 * (what a decorator's metadata holds depends on types from elsewhere), all declarations; where that is not it, all.
 *
 * @returns `undefined` where there is nothing to take back: nothing is at fault, or nothing is left
 */
export function takeBack(
  proposals: readonly Proposal[],
  faults: readonly string[],
  tsconfig: string,
): Proposal[] | undefined {
  const [first] = faults;
  if (first === undefined) return undefined;
  const untried = proposals.filter(({ attempts }) => attempts.length > 0);
  const groups = [
    untried.filter(({ file }) => faults.includes(file)),
    untried.filter(({ kind }) => kind === "declaration"),
    untried,
  ];
  const back = groups.find((each) => each.length > 0);
  if (back === undefined) return undefined;
  const obstacle = `the emitted JavaScript of ${relative(dirname(tsconfig), first)} would change`;
  return leaveProposals(proposals, new Map(back.map((each) => [each, obstacle])));
}
