import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import { importLines } from "../imports/add-type-imports.js";
import { typeImport } from "../imports/type-import.js";
import { placeOf } from "./place-of.js";
import type { Proposal } from "./proposal.js";

/**
 * Proposes that a file imports the session file, for its declarations alone: nothing is emitted for that.
 *
 * @param specifier - of the session file, as the entry imports it
 */
export function proposeSight(compiler: Compiler, entry: ts.SourceFile, specifier: string): Proposal | undefined {
  const last = entry.statements.at(-1);
  // An import would make a module of a script.
  if (last === undefined || !compiler.isExternalModule(entry)) return undefined;
  return {
    ...placeOf(compiler, entry, last),
    kind: "declaration",
    found: "the program's entry",
    changesEmit: false,
    attempts: [{ rung: 1, edits: importLines(compiler, entry, [`${typeImport(compiler)} {} from "${specifier}";`]) }],
  };
}
