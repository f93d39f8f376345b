import type { Comment, Range, Tree } from "./tree.js";

/** A comment that silences the compiler, and the line that it silences. */
export interface Suppression {
  readonly comment: Comment;
  readonly directive: "ts-ignore" | "ts-expect-error";
  readonly line: Range;
}

/** The compiler's own patterns: a directive opens a line comment, or the last line of a block comment. */
const inLineComment = /^\/\/\/?\s*@(ts-expect-error|ts-ignore)/;
const inBlockComment = /^(?:\/|\*)*\s*@(ts-expect-error|ts-ignore)/;

/** Finds the comments that silence the compiler. */
export function findSuppressions<Node extends object>(tree: Tree<Node>): Suppression[] {
  if (!/@ts-(?:ignore|expect-error)/.test(tree.text)) return [];
  return tree.comments().flatMap((comment) => {
    const directive = directiveOf(tree.text, comment);
    const line = directive && silencedLine(tree.text, comment.end);
    return line ? [{ comment, directive, line }] : [];
  });
}

function directiveOf(text: string, comment: Comment): Suppression["directive"] | undefined {
  const written = text.slice(comment.start, comment.end);
  const lastLine = written.slice(written.search(/[^\r\n\u2028\u2029]*$/)).trimStart();
  const name = (written.startsWith("//") ? inLineComment.exec(written) : inBlockComment.exec(lastLine))?.[1];
  return name === "ts-ignore" || name === "ts-expect-error" ? name : undefined;
}

/** The compiler looks upwards from an error, past blank lines and line comments: so downwards, the first other line. */
function silencedLine(text: string, end: number): Range | undefined {
  let start = nextLine(text, end);
  while (start !== undefined) {
    const next = nextLine(text, start);
    const line = { start, end: next ?? text.length };
    const content = text.slice(line.start, line.end).trim();
    if (content !== "" && !content.startsWith("//")) return line;
    start = next;
  }
  return undefined;
}

function nextLine(text: string, from: number): number | undefined {
  const lineBreak = /\r\n|[\n\r\u2028\u2029]/g;
  lineBreak.lastIndex = from;
  return lineBreak.exec(text) ? lineBreak.lastIndex : undefined;
}
