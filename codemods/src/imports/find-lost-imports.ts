import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import { isInPackageFile } from "../application/is-in-package.js";

/** The specifiers of imports that alone load something, by the file that has them. */
export type LoadingImports = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Finds the files that a program does not load any more, if they say something to files that do not name them: by a
 * declaration in the global scope or for another module, or since they are the application's own and emit something.
 */
export function findLostFiles(compiler: Compiler, before: ts.Program, after: ts.Program): ReadonlySet<string> {
  const lost = before.getSourceFiles().filter(({ fileName }) => after.getSourceFile(fileName) === undefined);
  const isMissed = lost.some((file) => !isInPackageFile(file) || declaresForOthers(compiler, file));
  return new Set(isMissed ? lost.map(({ fileName }) => fileName) : []);
}

/** Finds the imports that lost files were loaded by, in the files that changed: one for each. */
export function findLostImports(
  compiler: Compiler,
  program: ts.Program,
  changed: Iterable<string>,
  lost: ReadonlySet<string>,
): LoadingImports {
  const found = new Map<string, Set<string>>();
  if (lost.size === 0) return found;
  const checker = program.getTypeChecker();
  const loaded = new Set<string>();
  for (const path of changed) {
    for (const statement of program.getSourceFile(path)?.statements ?? []) {
      if (!compiler.isImportDeclaration(statement) || !compiler.isStringLiteral(statement.moduleSpecifier)) continue;
      const [declaration] = checker.getSymbolAtLocation(statement.moduleSpecifier)?.declarations ?? [];
      const file = declaration?.getSourceFile().fileName;
      if (file === undefined || !lost.has(file) || loaded.has(file)) continue;
      loaded.add(file);
      found.set(path, (found.get(path) ?? new Set()).add(statement.moduleSpecifier.text));
    }
  }
  return found;
}

/** A script declares everything in the global scope; a module does so, or adds to another one, in so many words. */
function declaresForOthers(compiler: Compiler, file: ts.SourceFile): boolean {
  if (!compiler.isExternalModule(file)) return true;
  return file.statements.some(
    (each) =>
      compiler.isModuleDeclaration(each) && (compiler.isStringLiteral(each.name) || each.name.text === "global"),
  );
}
