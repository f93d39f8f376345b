import ts from "typescript";
import { applyEdits, type Edit } from "typed-session-sites";
import { removeUnusedImports } from "../imports/remove-unused-imports.js";
import { findOverlaps, thatFit } from "../text/overlaps.js";
import { apart, beside } from "../text/remove-stretches.js";
import { nearestImportPolicy } from "./nearest-import-policy.js";
import type { SourceText } from "./source-text.js";

/**
 * Runs one transform over one file: nodes are located in the compiler's tree, and the text is spliced. jscodeshift's own
 * printer was seen to drop comments and to leave parentheses, and its parser fails on `<any>x` in tsx mode.
 *
 * @param findEdits - finds the edits, in groups that are made together; one of two that overlap is left out
 * @returns the new text; `undefined` where nothing changes, as jscodeshift expects.
 */
export function spliceFile(
  { path, source }: SourceText,
  findEdits: (sourceFile: ts.SourceFile) => readonly (readonly Edit[])[],
): string | undefined {
  if (!/session/i.test(source)) return undefined;
  const sourceFile = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const groups = findEdits(sourceFile).map((edits) => ({ edits }));
  const overlaps = findOverlaps(groups);
  const edits = groups.filter((each) => !overlaps.has(each)).flatMap((each) => each.edits);
  if (edits.length === 0) return undefined;
  const imports = removeUnusedImports(ts, sourceFile, edits, nearestImportPolicy(path));
  return applyEdits(source, [...edits, ...thatFit(edits, beside(apart(imports), edits))]);
}
