import type { Edit } from "./site.js";
import type { Range } from "./tree.js";

const lineBreak = "\\r\\n|[\\n\\r\\u2028\\u2029]";

/**
 * Deletes a `@ts-ignore` comment: with its line where it stands alone, else with the space that set it apart.
 *
 * @returns `undefined` for a comment of several lines: it says more than the directive.
 */
export function removeSuppression(text: string, comment: Range): Edit[] | undefined {
  const written = text.slice(comment.start, comment.end);
  if (new RegExp(lineBreak).test(written)) return undefined;
  const before = /[^\S\n\r\u2028\u2029]*$/.exec(text.slice(0, comment.start))?.[0] ?? "";
  const after = /^[^\S\n\r\u2028\u2029]*/.exec(text.slice(comment.end))?.[0] ?? "";
  const start = comment.start - before.length;
  const end = comment.end + after.length;
  const endsLine = new RegExp(`^(?:${lineBreak})`).exec(text.slice(end))?.[0];
  const isAtLineStart = start === 0 || /[\n\r\u2028\u2029]/.test(text.charAt(start - 1));

  if (isAtLineStart && endsLine !== undefined) return [{ start, end: end + endsLine.length, text: "" }];
  if (endsLine !== undefined || end === text.length) return [{ start, end: comment.end, text: "" }];
  return [{ start: comment.start, end, text: "" }];
}
