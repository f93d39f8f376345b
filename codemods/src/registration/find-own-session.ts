import type ts from "typescript";
import type { Site } from "typed-session-sites";
import { aliasedSymbol } from "../application/aliased-symbol.js";
import { isInPackageFile } from "../application/is-in-package.js";
import type { Application } from "../application/load.js";
import { specifierTo } from "../session-file/specifier-to.js";

/** A type that the application has for the sessions which it opens. */
export interface OwnSession {
  readonly name: string;
  /** The file that exports it. */
  readonly file: ts.SourceFile;
  readonly type: ts.Type;
  /** How another file imports it: as it imports that file already, if it does. */
  readonly specifierFor: (file: ts.SourceFile) => string;
}

/**
 * Finds the application's own type for the sessions that it opens: `getIronSession<SessionData>(…)`. There is none where two
 * calls name different types: either may be what a third one opens.
 */
export function findOwnSession(
  application: Application,
  checker: ts.TypeChecker,
  sites: readonly Site<ts.Node>[],
): OwnSession | undefined {
  const { ts: compiler } = application;
  const given = sites
    .filter(({ form }) => form === "opened")
    .flatMap(({ request }) => (compiler.isCallExpression(request) ? (request.typeArguments ?? []) : []))
    .filter(saysKeys);
  const [symbol, ...others] = new Set(given.map(symbolOf));
  const [declaration] = symbol?.declarations ?? [];
  if (symbol === undefined || others.length > 0 || declaration === undefined) return undefined;
  const file = declaration.getSourceFile();
  if (isInPackageFile(file) || !isExported(file, symbol) || isGeneric(declaration)) return undefined;
  const specifierFor = (from: ts.SourceFile) =>
    specifierIn(from, file) ?? specifierTo(application, from.fileName, file.fileName);
  return { name: symbol.name, file, type: checker.getDeclaredTypeOfSymbol(symbol), specifierFor };

  function saysKeys(node: ts.TypeNode): boolean {
    const type = checker.getTypeFromTypeNode(node);
    const isOpen = (type.flags & (compiler.TypeFlags.Any | compiler.TypeFlags.TypeParameter)) !== 0;
    return !isOpen && checker.getPropertiesOfType(type).length > 0;
  }

  function symbolOf(node: ts.TypeNode): ts.Symbol | undefined {
    if (!compiler.isTypeReferenceNode(node) || node.typeArguments !== undefined) return undefined;
    const named = checker.getSymbolAtLocation(node.typeName);
    return named && aliasedSymbol(compiler, checker, named);
  }

  /** By its name: a default export has none to import. */
  function isExported(file: ts.SourceFile, symbol: ts.Symbol): boolean {
    const module = checker.getSymbolAtLocation(file);
    if (symbol.name === "default") return false;
    return module !== undefined && checker.getExportsOfModule(module).includes(symbol);
  }

  function isGeneric(node: ts.Declaration): boolean {
    if (!compiler.isInterfaceDeclaration(node) && !compiler.isTypeAliasDeclaration(node)) return true;
    return node.typeParameters !== undefined;
  }

  function specifierIn(from: ts.SourceFile, file: ts.SourceFile): string | undefined {
    const specifiers = from.statements.flatMap((each) =>
      compiler.isImportDeclaration(each) && compiler.isStringLiteral(each.moduleSpecifier) ? each.moduleSpecifier : [],
    );
    const module = checker.getSymbolAtLocation(file);
    return specifiers.find((each) => checker.getSymbolAtLocation(each) === module)?.text;
  }
}
