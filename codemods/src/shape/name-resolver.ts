import { dirname, relative } from "node:path";
import type ts from "typescript";
import { aliasedSymbol } from "../application/aliased-symbol.js";

/** How the session file can refer to a type. */
export interface TypeName {
  readonly name: string;
  /** The module specifier; `undefined` for a global type. */
  readonly from: string | undefined;
}

/** `undefined` where the session file can't refer to it. */
export type NameResolver = (symbol: ts.Symbol) => TypeName | undefined;

/** What a module specifier is to look like, and what it leads to. */
export interface SpecifierRules {
  readonly sessionFile: string;
  /** Whether relative specifiers end with `.js`, as Node's own resolution of ES modules wants. */
  readonly withExtension: boolean;
  /** The file that a specifier leads to from the session file. */
  readonly resolve: (specifier: string) => string | undefined;
}

/** Makes a resolver for one session file. */
export function createNameResolver(compiler: typeof ts, checker: ts.TypeChecker, rules: SpecifierRules): NameResolver {
  return (symbol) => {
    const [declaration] = symbol.declarations ?? [];
    if (declaration === undefined || /^__/.test(symbol.name)) return undefined;
    const file = declaration.getSourceFile();
    if (isGlobal(compiler, declaration, file)) return { name: symbol.name, from: undefined };
    const module = checker.getSymbolAtLocation(file);
    if (module === undefined || declaration.parent !== file) return undefined;
    const exported = checker
      .getExportsOfModule(module)
      .find((each) => each === symbol || aliasedSymbol(compiler, checker, each) === symbol);
    const from = exported && specifierOf(file.fileName, rules);
    return from === undefined ? undefined : { name: exported?.name ?? symbol.name, from };
  };
}

/** Declared at the top of a script, or in a `declare global`. */
function isGlobal(compiler: typeof ts, declaration: ts.Declaration, file: ts.SourceFile): boolean {
  const { parent } = declaration;
  if (parent === file) return !compiler.isExternalModule(file);
  const block: ts.Node | undefined = parent?.parent;
  return (
    block !== undefined &&
    compiler.isModuleDeclaration(block) &&
    (block.flags & compiler.NodeFlags.GlobalAugmentation) !== 0
  );
}

function specifierOf(file: string, { sessionFile, withExtension, resolve }: SpecifierRules): string | undefined {
  const specifier = file.includes("/node_modules/")
    ? packageSpecifier(file)
    : relativeSpecifier(sessionFile, file, withExtension);
  return specifier !== undefined && resolve(specifier) === file ? specifier : undefined;
}

function relativeSpecifier(from: string, to: string, withExtension: boolean): string {
  const path = relative(dirname(from), to)
    .replaceAll("\\", "/")
    .replace(/(?:\.d)?\.([cm]?)tsx?$/, withExtension ? ".$1js" : "");
  return path.startsWith(".") ? path : `./${path}`;
}

/** The package alone: what a package does not export at its root is its own business. */
function packageSpecifier(file: string): string | undefined {
  const path = file.slice(file.lastIndexOf("/node_modules/") + "/node_modules/".length);
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
  if (name === undefined || !name.startsWith("@types/")) return name;
  return name.slice("@types/".length).replace(/^(.+)__(.+)$/, "@$1/$2");
}
