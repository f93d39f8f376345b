import type ts from "typescript";

/** Whether a file is still a module without some of its statements; `undefined` if it isn't one with them. */
export function isModuleWithout(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  statements: readonly ts.Statement[],
): boolean | undefined {
  if (!sourceFile.statements.some((statement) => marksModule(compiler, statement))) return undefined;
  return sourceFile.statements.some((each) => !statements.includes(each) && marksModule(compiler, each));
}

/** A top-level import or export makes a file a module. */
function marksModule(compiler: typeof ts, statement: ts.Statement): boolean {
  if (
    compiler.isImportDeclaration(statement) ||
    compiler.isExportDeclaration(statement) ||
    compiler.isExportAssignment(statement)
  ) {
    return true;
  }
  if (compiler.isImportEqualsDeclaration(statement)) {
    return compiler.isExternalModuleReference(statement.moduleReference);
  }
  const modifiers = compiler.canHaveModifiers(statement) ? compiler.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword) ?? false;
}
