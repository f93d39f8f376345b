import type { UpgradeResult } from "../upgrade-result.js";
import type { Project } from "./project.js";

/** What is said of a project that has nothing of its own that could touch a session. */
export function withoutSession({ application, compile }: Project): UpgradeResult {
  return {
    compiler: application.compiler,
    tsconfig: application.tsconfig,
    host: undefined,
    compiledFiles: compile(new Map()).ownFiles.length,
    places: 0,
    untypedBefore: 0,
    sessionFile: undefined,
    schema: undefined,
    keys: [],
    files: [],
    ledger: [],
    newErrors: [],
    declarationChanges: [],
    emitFaults: [],
    emitChangedByDesign: [],
    typesMove: undefined,
    notes: [],
  };
}
