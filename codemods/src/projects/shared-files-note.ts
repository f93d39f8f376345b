import { relative } from "node:path";
import { count } from "../report.js";
import type { LedgerRow } from "../ledger-row.js";
import type { Owners } from "./owners.js";
import type { Project } from "./project.js";

const shown = 3;

/** Says which files that touch a session are compiled into programs of other packages, too: there, the session is another one. */
export function sharedFilesNote(
  project: Project,
  { compiledBy }: Owners,
  ledger: readonly LedgerRow[],
  directory: string,
): string[] {
  const name = (path: string) => relative(directory, path);
  const files = [...new Set(ledger.map(({ file }) => file))];
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const others = compiledBy(file).filter((each) => each !== project);
    if (others.length === 0) continue;
    const key = others.map(({ tsconfig }) => name(tsconfig.path)).join(", ");
    groups.set(key, [...(groups.get(key) ?? []), name(file)]);
  }
  return [...groups].map(([others, [...paths]]) => {
    const rest = paths.length > shown ? ` and ${count(paths.length - shown, "more file")}` : "";
    return `${paths.slice(0, shown).join(", ")}${rest}: compiled by ${others}, too, and checked there. What a place reads has to fit the session of each.`;
  });
}
