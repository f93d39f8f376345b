/**
 * The transform `remove-session-casts`, for jscodeshift.
 *
 * @packageDocumentation
 */

import ts from "typescript";
import { findSites, removeDisguises, typescriptTree } from "typed-session-sites";
import type { SourceText } from "../splice/source-text.js";
import { spliceFile } from "../splice/splice-file.js";

/**
 * A jscodeshift transform: takes the casts on the sessions of requests out, and the imports that only they used.
 *
 * It changes what is cast, whether the plain access compiles or not; `typed-session-codemod transform` compiles the
 * application with the result, and takes back what does not.
 *
 * @returns the new text; `undefined` where nothing changes.
 *
 * @example
 * ```sh
 * npx jscodeshift --no-babel -t node_modules/typed-session-codemod/dist/transforms/remove-session-casts.js --extensions=ts,tsx src
 * ```
 */
export default function removeSessionCasts(file: SourceText): string | undefined {
  return spliceFile(file, (sourceFile) => {
    const tree = typescriptTree(ts, sourceFile);
    return findSites(tree).map((site) => removeDisguises(tree, site) ?? []);
  });
}
