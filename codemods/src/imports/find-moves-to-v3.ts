import type ts from "typescript";
import { namesGoneInV3, type Edit } from "typed-session-sites";
import { lineEndOf } from "../text/line-end.js";

const from = "typed-session";
const to = "typed-session/v3";

/**
 * Finds what is to change for a file to take from `typed-session/v3` what it takes from `typed-session`: one group of edits
 * for each import, re-export, `require()` or `import()`. What v3 has no more stays where it comes from. The module that
 * `Register` is declared in is one for both.
 */
export function findMovesToV3(compiler: typeof ts, sourceFile: ts.SourceFile): Edit[][] {
  const moves: Edit[][] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isStringLiteral(node) && node.text === from) moves.push(movesOf(compiler, sourceFile, node));
    else compiler.forEachChild(node, visit);
  };
  visit(sourceFile);
  return moves.filter((edits) => edits.length > 0);
}

function movesOf(compiler: typeof ts, sourceFile: ts.SourceFile, specifier: ts.StringLiteral): Edit[] {
  const { parent } = specifier;
  const names = namesOf(compiler, parent);
  if (names !== undefined) return movesOfNames(sourceFile, parent, specifier, names);
  if (!takesWholeModule(compiler, specifier)) return [];
  return saysGoneName(scopeOf(compiler, sourceFile, parent)) ? [] : [moved(sourceFile, specifier)];
}

/** The names of `import { … } from` and `export { … } from`; `undefined` for everything else. */
function namesOf(compiler: typeof ts, node: ts.Node): ts.NamedImports | ts.NamedExports | undefined {
  const isImport = compiler.isImportDeclaration(node);
  if (!isImport && !compiler.isExportDeclaration(node)) return undefined;
  const names = isImport ? node.importClause?.namedBindings : node.exportClause;
  return names && (compiler.isNamedImports(names) || compiler.isNamedExports(names)) ? names : undefined;
}

function movesOfNames(
  sourceFile: ts.SourceFile,
  statement: ts.Node,
  specifier: ts.StringLiteral,
  names: ts.NamedImports | ts.NamedExports,
): Edit[] {
  const elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] = names.elements;
  const staying = elements.filter(({ name, propertyName }) => isGone((propertyName ?? name).text));
  if (staying.length === 0) return elements.length === 0 ? [] : [moved(sourceFile, specifier)];
  const list = { start: names.getStart(sourceFile) + 1, end: names.end - 1 };
  const isCommented = /\/[/*]/.test(sourceFile.text.slice(list.start, list.end));
  if (staying.length === elements.length || isCommented) return [];
  const start = statement.getStart(sourceFile);
  const first = withNames(sourceFile, statement, list, staying);
  const moving = elements.filter((each) => !staying.includes(each));
  return [
    { start, end: start, text: first + lineEndOf(sourceFile.text) },
    { ...list, text: written(sourceFile, moving) },
    moved(sourceFile, specifier),
  ];
}

/** A statement with other names between its braces. */
function withNames(
  sourceFile: ts.SourceFile,
  statement: ts.Node,
  { start, end }: { readonly start: number; readonly end: number },
  names: readonly ts.Node[],
): string {
  const { text } = sourceFile;
  return (
    text.slice(statement.getStart(sourceFile), start) + written(sourceFile, names) + text.slice(end, statement.end)
  );
}

function written(sourceFile: ts.SourceFile, names: readonly ts.Node[]): string {
  return ` ${names.map((name) => name.getText(sourceFile)).join(", ")} `;
}

/** `import * as`, `import = require()`, `require()`, `import()` and its type. Not `export * from`: nobody knows who takes what of it. */
function takesWholeModule(compiler: typeof ts, specifier: ts.StringLiteral): boolean {
  const { parent } = specifier;
  if (compiler.isImportDeclaration(parent)) return parent.importClause?.namedBindings !== undefined;
  if (compiler.isExternalModuleReference(parent)) return true;
  if (compiler.isLiteralTypeNode(parent)) return compiler.isImportTypeNode(parent.parent);
  if (!compiler.isCallExpression(parent) || parent.arguments[0] !== specifier) return false;
  const { expression } = parent;
  return (
    expression.kind === compiler.SyntaxKind.ImportKeyword ||
    (compiler.isIdentifier(expression) && expression.text === "require")
  );
}

/** Where the names of a module may be asked for: all over the file where it has a name, else in its statement. */
function scopeOf(compiler: typeof ts, sourceFile: ts.SourceFile, node: ts.Node): string {
  let scope = node;
  while (!compiler.isStatement(scope) && scope.parent !== undefined) scope = scope.parent;
  const isNamed =
    compiler.isImportDeclaration(scope) ||
    compiler.isImportEqualsDeclaration(scope) ||
    compiler.isVariableStatement(scope);
  return isNamed ? sourceFile.text : scope.getText(sourceFile);
}

function saysGoneName(text: string): boolean {
  return namesGoneInV3.some((name) => new RegExp(`\\b${name}\\b`).test(text));
}

function isGone(name: string): boolean {
  return namesGoneInV3.some((gone) => gone === name);
}

/** The same quotes, with another module between them. */
function moved(sourceFile: ts.SourceFile, specifier: ts.StringLiteral): Edit {
  return { start: specifier.getStart(sourceFile) + 1, end: specifier.end - 1, text: to };
}
