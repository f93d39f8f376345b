import type { Edit } from "typed-session-sites";
import { removeStretches } from "../text/remove-stretches.js";
import type { DeadAugmentation } from "./find-dead-augmentations.js";

/** The edits that delete dead augmentations; one for all that go with the same block. */
export function removeAugmentations(text: string, augmentations: readonly DeadAugmentation[]): Edit[] {
  return removeStretches(
    text,
    augmentations.map(({ range }) => range),
  );
}
