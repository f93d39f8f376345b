import { dirname, relative } from "node:path";
import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import { importLines } from "../imports/add-type-imports.js";
import { placeOf } from "./place-of.js";
import type { Proposal } from "./proposal.js";

/** Proposes that a file imports the session file, for its declarations alone: nothing is emitted for that. */
export function proposeSight(
  compiler: Compiler,
  entry: ts.SourceFile,
  sessionFile: string,
  withExtension: boolean,
): Proposal | undefined {
  const last = entry.statements.at(-1);
  // An import would make a module of a script.
  if (last === undefined || !compiler.isExternalModule(entry)) return undefined;
  const path = relative(dirname(entry.fileName), sessionFile)
    .replaceAll("\\", "/")
    .replace(/\.ts$/, withExtension ? ".js" : "");
  const specifier = path.startsWith(".") ? path : `./${path}`;
  return {
    ...placeOf(compiler, entry, last),
    kind: "declaration",
    found: "the program's entry",
    changesEmit: false,
    attempts: [{ rung: 1, edits: importLines(compiler, entry, [`import type {} from "${specifier}";`]) }],
  };
}
