import type { Application } from "../application/load.js";
import { findLostFiles, findLostImports } from "../imports/find-lost-imports.js";
import { finishFile } from "../imports/finish-file.js";
import type { Compilation } from "../verify/compile.js";
import { compileFirstAttempts, type ClimbInput } from "./climb-down.js";

/**
 * The edits that follow from those of a file's proposals. An import that alone loads what other files need stays, without
 * names: a session has no type where the types of its library are not loaded.
 */
export function finishWithoutLoss(
  application: Application,
  { program }: Compilation,
  input: Omit<ClimbInput, "finish">,
): ClimbInput["finish"] {
  const finish = finishFile(application, program);
  // First attempts take out all that can go.
  const { edits, compilation } = compileFirstAttempts({ ...input, finish });
  const lost = findLostFiles(application.ts, program, compilation.program);
  const loading = findLostImports(application.ts, program, edits.keys(), lost);
  return loading.size === 0 ? finish : finishFile(application, program, loading);
}
