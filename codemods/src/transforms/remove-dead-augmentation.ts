/**
 * The transform `remove-dead-augmentation`, for jscodeshift.
 *
 * @packageDocumentation
 */

import ts from "typescript";
import { findDeadAugmentations } from "../augmentations/find-dead-augmentations.js";
import { removeAugmentations } from "../augmentations/remove-augmentations.js";
import type { SourceText } from "../splice/source-text.js";
import { spliceFile } from "../splice/splice-file.js";

/**
 * A jscodeshift transform: takes out `namespace Express { interface SessionData { … } }`, which declares keys that no
 * session has: `@types/express-session` reads them from `declare module "express-session"` since 1.17.
 *
 * @returns the new text; `undefined` where nothing changes.
 *
 * @example
 * ```sh
 * npx jscodeshift --no-babel -t node_modules/typed-session-codemod/dist/transforms/remove-dead-augmentation.js --extensions=ts src
 * ```
 */
export default function removeDeadAugmentation(file: SourceText): string | undefined {
  return spliceFile(file, (sourceFile) => [removeAugmentations(file.source, findDeadAugmentations(ts, sourceFile))]);
}
