import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import type { Application } from "../application/load.js";
import type { Attempt } from "../climb/proposal.js";
import { apart, beside } from "../text/remove-stretches.js";
import { addTypeImports } from "./add-type-imports.js";
import type { LoadingImports } from "./find-lost-imports.js";
import { importPolicyOf } from "./import-policy.js";
import { removeUnusedImports } from "./remove-unused-imports.js";
import { removeUnusedTypes } from "./remove-unused-types.js";

/**
 * The edits that follow from those of a file's proposals: imports of the types that they name; imports and types that nobody uses any more go.
 *
 * @param loading - imports that have to stay, if only without names
 */
export function finishFile(
  { ts: compiler, options }: Application,
  program: ts.Program,
  loading: LoadingImports = new Map(),
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
    const chosenEdits = chosen.flatMap((attempt) => attempt.edits);
    const added = addTypeImports(compiler, sourceFile, wanted).map((each) => before(chosenEdits, each));
    const edits = [...chosenEdits, ...added];
    const types = removeUnusedTypes(compiler, sourceFile, edits);
    const loads = (specifier: string) => loading.get(file)?.has(specifier) ?? false;
    const imports = removeUnusedImports(compiler, sourceFile, [...edits, ...types], { ...policy, loads });
    return inThePlaceOf(sourceFile, added, beside(apart([...imports, ...types]), chosenEdits));
  }
}

/** What would be inserted into something that goes, such as a declaration at the head of the file, comes before it. */
function before(edits: readonly Edit[], insertion: Edit): Edit {
  const going = edits.find(({ start, end }) => start < insertion.start && insertion.start < end);
  return going === undefined ? insertion : { ...insertion, start: going.start, end: going.start };
}

/** An import of its own for names that were to be added to one that goes. */
function ownImport(going: string, names: string): string {
  return going.replace(/\{[^}]*\}/, `{ ${names.replace(/^, /, "")} }`);
}

/** What would be added to an import that goes, or below it, takes its place instead. */
function inThePlaceOf(sourceFile: ts.SourceFile, added: readonly Edit[], removed: readonly Edit[]): readonly Edit[] {
  return added.reduce<readonly Edit[]>((edits, insertion) => {
    const { start: at, text } = insertion;
    const going = edits.find(({ start, end }) => start < at && at < end);
    const statement = sourceFile.statements.find(({ pos, end }) => pos < at && at <= end);
    if (going === undefined || statement === undefined) return [insertion, ...edits];
    const line = text.startsWith(",") ? ownImport(statement.getText(sourceFile), text) : text.trimStart();
    const replacement = { start: statement.getStart(sourceFile), end: statement.end, text: line };
    return [replacement, ...edits.filter((each) => each !== going)];
  }, removed);
}

function isSameChoice(a: readonly Attempt[], b: readonly Attempt[]): boolean {
  return a.length === b.length && a.every((attempt, index) => attempt === b[index]);
}
