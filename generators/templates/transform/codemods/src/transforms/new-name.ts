/**
 * The transform `new-name`, for jscodeshift.
 *
 * @packageDocumentation
 */

import ts from "typescript";
import { findSites, typescriptTree, type Edit, type Site } from "typed-session-sites";
import type { SourceText } from "../splice/source-text.js";
import { spliceFile } from "../splice/splice-file.js";

/**
 * A jscodeshift transform: …
 *
 * @returns the new text; `undefined` where nothing changes.
 *
 * @example
 * ```sh
 * npx jscodeshift --no-babel -t node_modules/typed-session-codemod/dist/transforms/new-name.js --extensions=ts,tsx src
 * ```
 */
export default function newName(file: SourceText): string | undefined {
  return spliceFile(file, (sourceFile) => findSites(typescriptTree(ts, sourceFile)).map(editsOf));
}

/** The edits of one site, made together or not at all. */
function editsOf(site: Site<ts.Node>): Edit[] {
  return notWritten("say what changes at a site: stretches of the text, and what stands in their place", site);
}

/** Takes the place of what is still to be written; goes when everything is. */
function notWritten(task: string, ..._given: unknown[]): never {
  throw new Error(`Still to be written, in codemods/src/transforms/new-name.ts: ${task}.`);
}
