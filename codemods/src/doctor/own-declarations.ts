import type ts from "typescript";
import { aliasedSymbol } from "../application/aliased-symbol.js";
import type { Compiler } from "../application/load.js";
import { findKeyDeclarations, type KeyDeclaration } from "../augmentations/find-key-declarations.js";
import type { Compilation } from "../verify/compile.js";

/** A declaration of session keys in the application, and whether a session gets them. */
export interface OwnDeclaration extends KeyDeclaration {
  /** The types of its keys, those that it inherits too, as text. */
  readonly keys: ReadonlyMap<string, string>;
  /** Whether it merges with an interface that a package declares, or serves the application's code as a type. */
  readonly isAlive: boolean;
}

/** Finds the application's declarations of session keys, and tells the ones that merge with nothing. */
export function findOwnDeclarations(
  compiler: Compiler,
  { program, ownFiles, ownDeclarations }: Compilation,
  files: readonly ts.SourceFile[],
): OwnDeclaration[] {
  const checker = program.getTypeChecker();
  const own = new Set([...ownFiles, ...ownDeclarations]);
  return files.flatMap((file) =>
    findKeyDeclarations(compiler, file).map((each) => ({ ...each, keys: keysOf(each), isAlive: isAlive(each) })),
  );

  function keysOf({ interface: node }: KeyDeclaration): ReadonlyMap<string, string> {
    const { members, heritageClauses = [] } = node;
    const inherited = [...heritageClauses].flatMap(({ types }) =>
      types.flatMap((each) => checker.getPropertiesOfType(checker.getTypeAtLocation(each))),
    );
    const declared = members.flatMap((member): [string, string][] => {
      const symbol = member.name && checker.getSymbolAtLocation(member.name);
      if (symbol === undefined) return [];
      // The symbol's type is that of the first declaration; what this one says may be another.
      const said = compiler.isPropertySignature(member) && member.type;
      return [[symbol.name, checker.typeToString(said ? checker.getTypeFromTypeNode(said) : typeOf(symbol, member))]];
    });
    return new Map([
      ...inherited.map((each) => [each.name, checker.typeToString(typeOf(each, node))] as const),
      ...declared,
    ]);
  }

  function typeOf(symbol: ts.Symbol, at: ts.Node): ts.Type {
    return checker.getTypeOfSymbolAtLocation(symbol, at);
  }

  function isAlive({ interface: { name } }: KeyDeclaration): boolean {
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol === undefined) return false;
    if (symbol.declarations?.some((each) => !own.has(each.getSourceFile().fileName)) === true) return true;
    return files.some((file) => file.text.includes(symbol.name) && refersTo(file, symbol));
  }

  function refersTo(file: ts.SourceFile, symbol: ts.Symbol): boolean {
    const found = (node: ts.Node): boolean =>
      (compiler.isIdentifier(node) && node.text === symbol.name && isReference(node, symbol)) ||
      (compiler.forEachChild(node, (child) => found(child) || undefined) ?? false);
    return found(file);
  }

  function isReference(node: ts.Identifier, symbol: ts.Symbol): boolean {
    if (compiler.isInterfaceDeclaration(node.parent) || compiler.isImportSpecifier(node.parent)) return false;
    const found = checker.getSymbolAtLocation(node);
    return found !== undefined && aliasedSymbol(compiler, checker, found) === symbol;
  }
}
