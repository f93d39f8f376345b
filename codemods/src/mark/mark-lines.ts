import { bundledCompiler } from "../application/bundled-compiler.js";
import { filesThatEmitOtherwise } from "../verify/compare.js";
import { splitLines } from "./split-lines.js";

/** What begins every mark. */
const markWord = "TODO(typed-session)";

/** Comments that speak of the next line: nothing may come between. */
const directive =
  /@ts-(?:ignore|expect-error)|(?:es|ox)lint-disable-next-line|(?:prettier|biome|deno-lint)-ignore|tslint:disable-next-line|(?:istanbul|c8|v8) ignore/;

/**
 * Puts a comment above lines of a file, where that changes nothing: not into a template, and in the children of an element
 * as JSX wants it. A line that is marked already stays as it is.
 *
 * @param reasons - what to say, by 1-based line
 * @returns the new text, and the lines that could not be marked
 */
export function markLines(
  path: string,
  text: string,
  reasons: ReadonlyMap<number, string>,
): { readonly text: string; readonly unmarked: readonly number[] } {
  const lines = splitLines(text);
  const unmarked: number[] = [];
  // From the end, so that the lines above keep their numbers.
  for (const [line, reason] of [...reasons].sort(([a], [b]) => b - a)) {
    const at = aboveDirectives(lines, line - 1);
    if (isMark(lines[at - 1])) continue;
    const marked = [`// ${markWord}: ${reason}`, `{/* ${markWord}: ${reason.replaceAll("*/", "* /")} */}`]
      .map((comment) => lines.toSpliced(at, 0, `${indentOf(lines[at])}${comment}${lineEnd(lines)}`))
      .find((each) => emitsSame(path, lines.join(""), each.join("")));
    if (marked === undefined) unmarked.push(line);
    else lines.splice(0, lines.length, ...marked);
  }
  return { text: lines.join(""), unmarked: unmarked.reverse() };
}

function isMark(line = ""): boolean {
  return line.includes(markWord);
}

/** The index of the line, or of the first comment above it that speaks of the line below. */
function aboveDirectives(lines: readonly string[], index: number): number {
  const start = commentEndingAt(lines, index - 1);
  if (start === undefined || !directive.test(lines.slice(start, index).join(""))) return index;
  return aboveDirectives(lines, start);
}

/** The index of the line on which a comment begins that ends on a line, where nothing but comments is on these lines. */
function commentEndingAt(lines: readonly string[], index: number): number | undefined {
  const line = (lines[index] ?? "").trim();
  if (/^(?:\/\/|\{?\s*\/\*.*\*\/\s*\}?$)/.test(line)) return index;
  if (!/\*\/\s*\}?$/.test(line)) return undefined;
  const start = lines.slice(0, index).findLastIndex((each) => each.includes("/*"));
  return start >= 0 && /^\{?\s*\/\*/.test((lines[start] ?? "").trim()) ? start : undefined;
}

function indentOf(line = ""): string {
  return /^[^\S\n\r]*/.exec(line)?.[0] ?? "";
}

function lineEnd(lines: readonly string[]): string {
  const ended = lines.find((line) => /[\n\r]$/.test(line));
  return ended === undefined ? "\n" : (/\r?\n$|\r$/.exec(ended)?.[0] ?? "\n");
}

function emitsSame(path: string, before: string, after: string): boolean {
  const emitter = (text: string) => ({ emit: () => new Map([["emitted.js", transpile(path, text)]]) });
  return filesThatEmitOtherwise(bundledCompiler(), emitter(before), emitter(after), [path]).length === 0;
}

function transpile(fileName: string, text: string): string {
  const { JsxEmit, ModuleKind, ScriptTarget, transpileModule } = bundledCompiler();
  const { ESNext } = ScriptTarget;
  // With JSX compiled, an element's text shows, and an empty expression does not.
  const compilerOptions = { target: ESNext, module: ModuleKind.ESNext, jsx: JsxEmit.React, removeComments: true };
  return transpileModule(text, { fileName, compilerOptions }).outputText;
}
