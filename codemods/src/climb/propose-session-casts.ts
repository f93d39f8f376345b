import type { Application } from "../application/load.js";
import type { Compilation, Texts } from "../verify/compile.js";
import type { Proposal } from "./proposal.js";
import { proposeSites } from "./propose-sites.js";

/** Proposes to take the casts of every session site out, and to write what is read through aliases accordingly. */
export function proposeSessionCasts({ ts: compiler }: Application, texts: Texts, compilation: Compilation): Proposal[] {
  return proposeSites(compiler, texts, compilation, {
    isWanted: ({ disguises }) => disguises.length > 0,
    maybeMissing: { byType: false, whereAny: false },
  });
}
