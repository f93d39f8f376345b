import type ts from "typescript";
import type { Application } from "../application/load.js";
import type { Compilation } from "./compile.js";

/**
 * The files whose errors can change when files that touch a session do: those files, and whatever imports them, directly or
 * not. All others see neither a session nor anything whose type comes from one. See docs/decisions/005.
 */
export function affectedFiles(
  { ts: compiler, options }: Application,
  { program, ownFiles, ownDeclarations }: Compilation,
  candidates: Iterable<string>,
): string[] {
  const affected = new Set(candidates);
  const importers = importersByFile(compiler, program, [...ownFiles, ...ownDeclarations]);
  // What is added while the set is walked is walked too.
  for (const file of affected) importers.get(file)?.forEach((importer) => affected.add(importer));
  if (options.skipLibCheck === true) return [...affected];
  const libraries = program.getSourceFiles().filter((file) => file.isDeclarationFile && /session/i.test(file.text));
  return [...new Set([...affected, ...libraries.map(({ fileName }) => fileName)])];
}

function importersByFile(
  compiler: typeof ts,
  program: ts.Program,
  files: readonly string[],
): ReadonlyMap<string, Set<string>> {
  const checker = program.getTypeChecker();
  const importers = new Map<string, Set<string>>();
  for (const name of files) {
    const sourceFile = program.getSourceFile(name);
    for (const specifier of sourceFile === undefined ? [] : specifiersIn(compiler, sourceFile)) {
      for (const declaration of checker.getSymbolAtLocation(specifier)?.declarations ?? []) {
        const imported = declaration.getSourceFile().fileName;
        importers.set(imported, (importers.get(imported) ?? new Set()).add(name));
      }
    }
  }
  return importers;
}

/** The module specifiers of imports and exports, of `require()` and `import()`, and of import types. */
function specifiersIn(compiler: typeof ts, file: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isStringLiteral(node) && isSpecifier(compiler, node)) found.push(node);
    compiler.forEachChild(node, visit);
  };
  // Only these keywords bring a module in.
  if (/\b(?:import|export|require)\b/.test(file.text)) visit(file);
  return found;
}

function isSpecifier(compiler: typeof ts, { parent }: ts.StringLiteral): boolean {
  if (compiler.isImportDeclaration(parent) || compiler.isExportDeclaration(parent)) return true;
  if (compiler.isExternalModuleReference(parent)) return true;
  if (compiler.isLiteralTypeNode(parent)) return compiler.isImportTypeNode(parent.parent);
  if (!compiler.isCallExpression(parent)) return false;
  const { expression } = parent;
  if (expression.kind === compiler.SyntaxKind.ImportKeyword) return true;
  return compiler.isIdentifier(expression) && expression.text === "require";
}
