import type { Edit, Range } from "typed-session-sites";
import { deleteWithLine } from "../text/delete-with-line.js";
import type { DeadAugmentation } from "./find-dead-augmentations.js";

/** The edits that delete dead augmentations; one for all that go with the same block. */
export function removeAugmentations(text: string, augmentations: readonly DeadAugmentation[]): Edit[] {
  return removeStretches(
    text,
    augmentations.map(({ range }) => range),
  );
}

/** The edits that delete stretches of a text with their lines, in source order. */
export function removeStretches(text: string, stretches: readonly Range[]): Edit[] {
  const edits: Edit[] = [];
  for (const range of stretches) {
    const edit = deleteWithLine(text, range);
    const previous = edits.at(-1);
    if (previous === undefined || edit.start >= previous.end) edits.push(edit);
    // Neighbours share the blank line between them.
    else if (edit.end > previous.end) edits.push({ ...edit, start: previous.end });
  }
  return edits;
}
