import type { Application } from "./application/load.js";
import { proposeDeadAugmentations } from "./climb/propose-dead-augmentations.js";
import { proposeSessionCasts } from "./climb/propose-session-casts.js";
import type { Proposal } from "./climb/proposal.js";
import type { Compilation, Texts } from "./verify/compile.js";

/** Finds what a transform would change in an application's files. */
export type ProjectTransform = (
  application: Application,
  texts: Texts,
  compilation: Compilation,
) => readonly Proposal[];

/** The transforms that the CLI runs over whole applications, by name. */
export const projectTransforms: Readonly<Record<string, ProjectTransform>> = {
  "remove-session-casts": proposeSessionCasts,
  "remove-dead-augmentation": proposeDeadAugmentations,
};
