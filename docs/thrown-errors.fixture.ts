import ts from "typescript";

/** A public function, method or constructor, and the project's errors that its code throws. */
export interface Thrower {
  readonly name: string;
  readonly thrown: readonly string[];
  readonly documented: readonly string[];
}

/** The names of the classes that the errors of the project extend. */
const bases = ["SessionError", "CodemodError"];

/** Reads what the exports of source files throw, those of the functions that they call included. */
export function readThrowers(program: ts.Program, sources: readonly string[]): Thrower[] {
  const checker = program.getTypeChecker();
  const thrownBy = createThrownReader(program);
  const exported = sources.flatMap((source) => {
    const file = program.getSourceFile(source);
    const symbol = file && checker.getSymbolAtLocation(file);
    return symbol === undefined ? [] : checker.getExportsOfModule(symbol);
  });
  const resolved = exported.map((each) => (each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each));
  return [...new Set(resolved)].flatMap((symbol) =>
    callablesOf(symbol).map(({ name, code, documentedBy }) => ({
      name,
      thrown: [...thrownBy(code)].sort(),
      documented: documentedBy.flatMap((each) => documentedErrors(checker, each)),
    })),
  );
}

interface Callable {
  readonly name: string;
  readonly code: ts.FunctionLikeDeclaration;
  /** The symbols whose docstrings say what it throws. */
  readonly documentedBy: readonly ts.Symbol[];
}

/** What of an export can be called. A constructor is described by its class, too. */
function callablesOf(symbol: ts.Symbol): Callable[] {
  return (symbol.declarations ?? []).flatMap((declaration): Callable[] => {
    if (ts.isFunctionDeclaration(declaration) && declaration.body !== undefined) {
      return [{ name: symbol.name, code: declaration, documentedBy: [symbol] }];
    }
    if (!ts.isClassDeclaration(declaration)) return [];
    return [...(symbol.members ?? [])].flatMap(([name, member]) =>
      (member.declarations ?? []).flatMap((each): Callable[] => {
        if (!ts.isClassElement(each) || !hasCode(each) || isHidden(each)) return [];
        const documentedBy = ts.isConstructorDeclaration(each) ? [symbol, member] : [member];
        return [{ name: `${symbol.name}.${name}`, code: each, documentedBy }];
      }),
    );
  });
}

function isHidden(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return true;
  return (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
}

function hasCode(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

/** The errors that a docstring names behind `@throws`; that of the base class or interface counts where there is none. */
function documentedErrors(checker: ts.TypeChecker, symbol: ts.Symbol): string[] {
  const tags = symbol.getJsDocTags(checker).filter(({ name }) => name === "throws");
  return tags.flatMap(({ text }) => ts.displayPartsToString(text).match(/\b\w+Error\b/g) ?? []);
}

function createThrownReader(program: ts.Program): (code: ts.FunctionLikeDeclaration) => ReadonlySet<string> {
  const checker = program.getTypeChecker();
  const known = new Map<ts.Node, Set<string>>();

  function thrownBy(code: ts.Node): ReadonlySet<string> {
    const before = known.get(code);
    if (before !== undefined) return before;
    const thrown = new Set<string>();
    known.set(code, thrown);
    ts.forEachChild(code, (child) => visit(child, thrown));
    return thrown;
  }

  function visit(node: ts.Node, thrown: Set<string>): void {
    if (ts.isTryStatement(node)) return visitTry(node, thrown);
    // Runs later, or never.
    if (ts.isFunctionLike(node) && !isContinuation(node)) return;
    if (ts.isThrowStatement(node)) addErrors(node.expression, thrown);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      for (const name of thrownByCall(node)) thrown.add(name);
    }
    ts.forEachChild(node, (child) => visit(child, thrown));
  }

  /** What is thrown inside of it comes out only where the catch clause throws on, and not what it handles by its class. */
  function visitTry({ tryBlock, catchClause, finallyBlock }: ts.TryStatement, thrown: Set<string>): void {
    const inside = new Set<string>();
    visit(tryBlock, inside);
    const text = catchClause?.block.getText() ?? "throw error";
    const handled = [...text.matchAll(/instanceof (\w+)/g)].map(([, name = ""]) => name);
    if (/\bthrow (?:error|cause)\b/.test(text)) {
      for (const name of inside) if (!handled.includes(name)) thrown.add(name);
    }
    if (catchClause !== undefined) visit(catchClause.block, thrown);
    if (finallyBlock !== undefined) visit(finallyBlock, thrown);
  }

  function addErrors(expression: ts.Expression, thrown: Set<string>): void {
    const type = checker.getTypeAtLocation(expression);
    for (const each of type.isUnion() ? type.types : [type]) {
      if (isOwnError(each)) thrown.add(each.symbol.name);
    }
  }

  function isOwnError(type: ts.Type): boolean {
    if (bases.includes(type.symbol?.name ?? "")) return true;
    return type.isClassOrInterface() && checker.getBaseTypes(type).some(isOwnError);
  }

  function thrownByCall(call: ts.CallExpression | ts.NewExpression): Iterable<string> {
    const declaration = checker.getResolvedSignature(call)?.getDeclaration();
    if (declaration === undefined || isForeign(declaration.getSourceFile())) return [];
    if (hasCode(declaration)) return thrownBy(declaration);
    const symbol = checker.getSymbolAtLocation(ts.getNameOfDeclaration(declaration) ?? declaration);
    const implementation = symbol?.declarations?.find(hasCode);
    if (implementation !== undefined) return thrownBy(implementation);
    return symbol === undefined ? [] : documentedErrors(checker, symbol);
  }

  function isForeign(file: ts.SourceFile): boolean {
    return program.isSourceFileFromExternalLibrary(file) || program.isSourceFileDefaultLibrary(file);
  }

  return thrownBy;
}

/** `andThen(value, next)` calls `next`. */
function isContinuation(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression.getText() === "andThen";
}
