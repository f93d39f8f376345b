import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import { startWithComments } from "../text/start-with-comments.js";
import { removeStretches } from "../text/remove-stretches.js";
import { namesUsed } from "./names-used.js";

/**
 * The edits that remove a module's own types which other edits leave without a use: what only casts referred to. Types that
 * were unused before stay, and so do those that are exported.
 *
 * @param removed - the edits made so far, in offsets of the same text
 */
export function removeUnusedTypes(compiler: typeof ts, sourceFile: ts.SourceFile, removed: readonly Edit[]): Edit[] {
  if (!compiler.isExternalModule(sourceFile)) return [];
  const { gone, kept } = namesUsed(compiler, sourceFile, removed);
  const unused = sourceFile.statements
    .filter((each) => compiler.isInterfaceDeclaration(each) || compiler.isTypeAliasDeclaration(each))
    .filter(({ name, modifiers }) => modifiers === undefined && gone.has(name.text) && !kept.has(name.text))
    .map((each) => ({ start: startWithComments(sourceFile.text, each.getStart(sourceFile, true)), end: each.end }))
    .filter(({ start, end }) => !removed.some((other) => start < other.end && other.start < end));
  const edits = removeStretches(sourceFile.text, unused);
  if (edits.length === 0) return [];
  // What only they referred to goes in its turn.
  return [...edits, ...removeUnusedTypes(compiler, sourceFile, [...removed, ...edits])];
}
