import type { Edit } from "./site.js";
import type { Range, Tree } from "./tree.js";

/**
 * Deletes the code of a stretch and keeps the comments in it.
 *
 * @returns `undefined` for a comment that spans lines or ends with one: without the code around it, its line break would
 *   stay and could end a statement.
 */
export function deleteCode<Node extends object>(tree: Tree<Node>, { start, end }: Range): Edit[] | undefined {
  const comments = tree.comments().filter((comment) => comment.start >= start && comment.end <= end);
  if (comments.some((comment) => !isOnOneLine(tree.text, comment))) return undefined;

  const edits: Edit[] = [];
  let position = start;
  for (const comment of [...comments, { start: end, end }]) {
    const isLast = comment.start === end;
    const code = tree.text.slice(position, comment.start);
    // The space in front of a comment that stays is the comment's.
    const length = isLast ? code.length : code.trimEnd().length;
    if (length > 0) edits.push({ start: position, end: position + length, text: "" });
    position = comment.end;
  }
  return edits;
}

function isOnOneLine(text: string, comment: Range): boolean {
  const written = text.slice(comment.start, comment.end);
  return written.startsWith("/*") && !/[\n\r\u2028\u2029]/.test(written);
}
