/**
 * The transform `move-to-v3`, for jscodeshift.
 *
 * @packageDocumentation
 */

import ts from "typescript";
import { findMovesToV3 } from "../imports/find-moves-to-v3.js";
import type { SourceText } from "../splice/source-text.js";
import { spliceFile } from "../splice/splice-file.js";

/**
 * A jscodeshift transform: imports from `typed-session/v3` what was imported from `typed-session`, where the session's type
 * is the default. `cast`, `SessionDict` and `DefaultSession`, which v3 has no more, stay where they come from.
 *
 * @returns the new text; `undefined` where nothing changes.
 *
 * @example
 * ```sh
 * npx jscodeshift --no-babel -t node_modules/typed-session-codemod/dist/transforms/move-to-v3.js --extensions=ts,tsx src
 * ```
 */
export default function moveToV3(file: SourceText): string | undefined {
  return spliceFile(file, (sourceFile) => findMovesToV3(ts, sourceFile));
}
