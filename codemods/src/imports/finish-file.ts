import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import type { Application } from "../application/load.js";
import type { Attempt } from "../climb/proposal.js";
import { addTypeImports } from "./add-type-imports.js";
import { importPolicyOf } from "./import-policy.js";
import { removeUnusedImports } from "./remove-unused-imports.js";

/** The edits that follow from those of a file's proposals: imports of the types that they name, and those that nobody uses any more. */
export function finishFile(
  { ts: compiler, options }: Application,
  program: ts.Program,
): (file: string, chosen: readonly Attempt[]) => readonly Edit[] {
  const policy = importPolicyOf(options);
  /** A search changes one file and asks again for all: what was answered last holds for the others. */
  const latest = new Map<string, { readonly chosen: readonly Attempt[]; readonly edits: readonly Edit[] }>();
  return (file, chosen) => {
    const known = latest.get(file);
    if (known !== undefined && isSameChoice(known.chosen, chosen)) return known.edits;
    const edits = finish(file, chosen);
    latest.set(file, { chosen, edits });
    return edits;
  };

  function finish(file: string, chosen: readonly Attempt[]): readonly Edit[] {
    const sourceFile = program.getSourceFile(file);
    if (sourceFile === undefined) return [];
    const wanted = chosen.flatMap(({ imports = [] }) => imports);
    const added = addTypeImports(compiler, sourceFile, wanted);
    const edits = [...chosen.flatMap((attempt) => attempt.edits), ...added];
    return [...added, ...removeUnusedImports(compiler, sourceFile, edits, policy)];
  }
}

function isSameChoice(a: readonly Attempt[], b: readonly Attempt[]): boolean {
  return a.length === b.length && a.every((attempt, index) => attempt === b[index]);
}
