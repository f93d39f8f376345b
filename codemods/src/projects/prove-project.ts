import { affectedFiles } from "../verify/affected-files.js";
import { filesThatEmitOtherwise, newErrors } from "../verify/compare.js";
import type { Texts } from "../verify/compile.js";
import type { Proof } from "../verify/is-proven.js";
import type { Project } from "./project.js";

/**
 * Compiles a project with what was changed for others, where that was not done already when it was changed: a new session
 * file may turn up in a program that shares nothing else with it.
 *
 * @param unseen - those of the changed files that the project's program was not compiled with
 */
export function proveProject({ application, compile }: Project, changed: Texts, unseen: readonly string[]): Proof {
  const [before, after] = [compile(new Map()), compile(changed)];
  const affected = [...new Set([...affectedFiles(application, after, changed.keys()), ...unseen])];
  return {
    newErrors: newErrors(before.errors(affected), after.errors(affected)),
    emitFaults: filesThatEmitOtherwise(application.ts, before, after, before.ownFiles),
  };
}
