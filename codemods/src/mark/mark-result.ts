import type { LedgerRow } from "../ledger-row.js";
import { firstLine } from "../report.js";
import type { FileChange } from "../write/file-change.js";
import { readText } from "../write/replace-files.js";
import { lineMap } from "./line-map.js";
import { markLines } from "./mark-lines.js";
import { splitLines } from "./split-lines.js";

/** What marks need to know of an upgrade. */
interface Marked {
  readonly files: readonly FileChange[];
  readonly ledger: readonly LedgerRow[];
  readonly notes: readonly string[];
}

/** An upgrade with a comment above every place that it leaves as it was. */
export function markResult<Result extends Marked>(result: Result): Result {
  const { files, ledger, notes } = result;
  const rows = ledger.filter(({ kind, rung }) => kind !== "declaration" && rung === 4);
  const marked = [...new Set(rows.map(({ file }) => file))].map((path) => {
    const change = files.find((each) => each.path === path) ?? unchanged(path);
    return markFile(
      change,
      rows.filter(({ file }) => file === path),
    );
  });
  const changes = new Map([...files, ...marked.map(({ change }) => change)].map((each) => [each.path, each]));
  const unmarked = marked.reduce((sum, each) => sum + each.unmarked, 0);
  return {
    ...result,
    files: [...changes.values()].filter(({ before, after }) => before !== after),
    notes:
      unmarked === 0
        ? notes
        : [
            ...notes,
            `${unmarked} of the places that stay as they are could not be marked: no comment can stand above.`,
          ],
  };
}

function unchanged(path: string): FileChange {
  const { text } = readText(path);
  return { path, before: text, after: text };
}

function markFile({ path, before = "", after }: FileChange, rows: readonly LedgerRow[]) {
  const reasons = new Map<number, string>();
  let lost = 0;
  const linesAfter = splitLines(after);
  const lineAfter = lineMap(splitLines(before), linesAfter);
  for (const { line, found, reason } of rows) {
    const now = lineAfter(line) ?? lineWith(linesAfter, found, line);
    if (now === undefined) lost += 1;
    else if (!reasons.has(now)) reasons.set(now, wording(reason));
  }
  const { text, unmarked } = markLines(path, after, reasons);
  return { change: { path, before, after: text }, unmarked: unmarked.length + lost };
}

/** The line nearest to another that holds what was found: it was left as it was, though its line was not. */
function lineWith(lines: readonly string[], found: string, near: number): number | undefined {
  const [text = ""] = found.split("…");
  const numbers = lines.flatMap((line, index) => (line.replace(/\s+/g, " ").includes(text) ? [index + 1] : []));
  return numbers.sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0];
}

const longest = 160;

/** One line, without the paths of the machine that it ran on. */
function wording(reason = "this place has no type yet"): string {
  const text = firstLine(reason).replace(/\bimport\("[^"]*"\)\./g, "");
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
