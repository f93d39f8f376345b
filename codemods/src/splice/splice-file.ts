import ts from "typescript";
import { applyEdits, type Edit } from "typed-session-sites";
import { removeUnusedImports } from "../imports/remove-unused-imports.js";
import { nearestImportPolicy } from "./nearest-import-policy.js";
import type { SourceText } from "./source-text.js";

/**
 * Runs one transform over one file: nodes are located in the compiler's tree, and the text is spliced. jscodeshift's own
 * printer was seen to drop comments and to leave parentheses, and its parser fails on `<any>x` in tsx mode.
 *
 * @returns the new text; `undefined` where nothing changes, as jscodeshift expects.
 */
export function spliceFile(
  { path, source }: SourceText,
  findEdits: (sourceFile: ts.SourceFile) => readonly Edit[],
): string | undefined {
  if (!/session/i.test(source)) return undefined;
  const sourceFile = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const edits = findEdits(sourceFile);
  if (edits.length === 0) return undefined;
  const imports = removeUnusedImports(ts, sourceFile, edits, nearestImportPolicy(path));
  return applyEdits(source, [...edits, ...imports]);
}
