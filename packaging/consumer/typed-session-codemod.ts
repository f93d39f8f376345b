import {
  CodemodError,
  formatDiff,
  formatLedger,
  transformProject,
  writeChanges,
  type LedgerRow,
  type TransformResult,
} from "typed-session-codemod";
import removeSessionCasts from "typed-session-codemod/transforms/remove-session-casts";

export function upgrade(directory: string): readonly LedgerRow[] {
  try {
    const result: TransformResult = transformProject({ directory, transforms: ["remove-session-casts"] });
    console.log(formatLedger(result, directory), formatDiff(result.files, directory));
    writeChanges(result.files, directory);
    return result.ledger;
  } catch (error) {
    if (error instanceof CodemodError) return [];
    throw error;
  }
}

export const text: string | undefined = removeSessionCasts({ path: "a.ts", source: "" });
// @ts-expect-error: the names of the transforms are needed
transformProject({ directory: "." });
