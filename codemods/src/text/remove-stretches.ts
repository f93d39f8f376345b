import type { Edit, Range } from "typed-session-sites";
import { deleteWithLine } from "./delete-with-line.js";

/** The edits that delete stretches of a text with their lines, in source order. */
export function removeStretches(text: string, stretches: readonly Range[]): Edit[] {
  return apart(stretches.map((range) => deleteWithLine(text, range)));
}

/** Deletions in source order, none into another: neighbours that both take the blank line between them share it. */
export function apart(deletions: readonly Edit[]): Edit[] {
  const edits: Edit[] = [];
  for (const edit of [...deletions].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const previous = edits.at(-1);
    if (previous === undefined || edit.start >= previous.end) edits.push(edit);
    else if (edit.end > previous.end) edits.push({ ...edit, start: previous.end });
  }
  return edits;
}

/** Deletions without what other edits delete already. */
export function beside(deletions: readonly Edit[], others: readonly Edit[]): Edit[] {
  return deletions.flatMap((deletion) => {
    let { start, end } = deletion;
    for (const other of others) {
      if (other.end <= start || end <= other.start) continue;
      if (start < other.start) end = other.start;
      else start = other.end;
    }
    return start < end ? [{ ...deletion, start, end }] : [];
  });
}
