import type { Edit, Range } from "typed-session-sites";

const blankLine = /^[^\S\n\r]*(?:\r\n|\n|\r)/;
const blankLineBefore = /(?:^|\r\n|\n|\r(?!\n))([^\S\n\r]*(?:\r\n|\n|\r))$/;

/**
 * Deletes a stretch of text: with its lines where nothing else is on them, else with the space that set it apart. Of two blank lines that would meet,
 * one goes too, and no file or block begins or ends with one on that account.
 */
export function deleteWithLine(text: string, { start, end }: Range): Edit {
  const before = /[^\S\n\r]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const after = /^[^\S\n\r]*(?:\r\n|\n|\r|$)/.exec(text.slice(end))?.[0];
  const lineStart = start - before.length;
  const isAtLineStart = lineStart === 0 || /[\n\r]/.test(text.charAt(lineStart - 1));
  if (!isAtLineStart) return { start, end, text: "" };
  if (after === undefined)
    return { start, end: end + (/^[^\S\n\r]+/.exec(text.slice(end))?.[0].length ?? 0), text: "" };
  return { ...withBlankLine(text, { start: lineStart, end: end + after.length }), text: "" };
}

function withBlankLine(text: string, { start, end }: Range): Range {
  const before = blankLineBefore.exec(text.slice(0, start))?.[1];
  const rest = text.slice(end);
  const after = blankLine.exec(rest)?.[0];
  if (after !== undefined && (start === 0 || before !== undefined)) return { start, end: end + after.length };
  const endsBlock = rest === "" || /^[^\S\n\r]*\}/.test(rest);
  return before !== undefined && endsBlock ? { start: start - before.length, end } : { start, end };
}
