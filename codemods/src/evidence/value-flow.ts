import type ts from "typescript";

/** Where names are used, by the declaration that they refer to. */
export interface NameUses {
  /** The identifiers that refer to what a name declares, without that name itself. */
  usesOf(declared: ts.Identifier): readonly ts.Identifier[];
}

/** Finds uses of names file by file, and remembers them. */
export function createNameUses(compiler: typeof ts, checker: ts.TypeChecker): NameUses {
  const byFile = new Map<ts.SourceFile, ReadonlyMap<string, readonly ts.Identifier[]>>();
  return {
    usesOf(declared) {
      const file = declared.getSourceFile();
      const names = byFile.get(file) ?? identifiersOf(compiler, file);
      byFile.set(file, names);
      const symbol = checker.getSymbolAtLocation(declared);
      return (names.get(declared.text) ?? []).filter(
        (each) => each !== declared && symbolOf(compiler, checker, each) === symbol,
      );
    },
  };
}

function symbolOf(compiler: typeof ts, checker: ts.TypeChecker, name: ts.Identifier): ts.Symbol | undefined {
  return compiler.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
}

function identifiersOf(compiler: typeof ts, file: ts.SourceFile): ReadonlyMap<string, readonly ts.Identifier[]> {
  const names = new Map<string, ts.Identifier[]>();
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node)) {
      const known = names.get(node.text);
      if (known === undefined) names.set(node.text, [node]);
      else known.push(node);
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** Parentheses, casts and `!` around an expression: the same value. */
export function outermostSameValue(compiler: typeof ts, node: ts.Node): ts.Node {
  return isAroundValue(compiler, node.parent) ? outermostSameValue(compiler, node.parent) : node;
}

/** Where the variable is used that holds a value; nowhere where none does, or a pattern takes it apart. */
export function usesOfVariable(compiler: typeof ts, uses: NameUses, node: ts.Node): readonly ts.Identifier[] {
  const value = outermostSameValue(compiler, node);
  const { parent } = value;
  const isHeld = compiler.isVariableDeclaration(parent) && parent.initializer === value;
  return isHeld && compiler.isIdentifier(parent.name) ? uses.usesOf(parent.name) : [];
}

/** Where a parameter's value is used; the parameter itself, where a pattern takes the value apart. */
export function usesOfParameter(
  compiler: typeof ts,
  uses: NameUses,
  parameter: ts.ParameterDeclaration,
): readonly ts.Node[] {
  return compiler.isIdentifier(parameter.name) ? uses.usesOf(parameter.name) : [parameter];
}

/** What is inside of parentheses, casts and `!`: the same value. */
export function innermostSameValue(compiler: typeof ts, node: ts.Expression): ts.Expression {
  return isAroundValue(compiler, node) ? innermostSameValue(compiler, node.expression) : node;
}

type AroundValue = ts.ParenthesizedExpression | ts.AsExpression | ts.NonNullExpression | ts.TypeAssertion;

function isAroundValue(compiler: typeof ts, node: ts.Node): node is AroundValue {
  return (
    compiler.isParenthesizedExpression(node) ||
    compiler.isAsExpression(node) ||
    compiler.isNonNullExpression(node) ||
    // Compilers before 4.0 ask for it by another name.
    node.kind === compiler.SyntaxKind.TypeAssertionExpression
  );
}

/** `session ?? {}`, `session || {}`: where the value goes on, if it does. */
export function isDefaulted(compiler: typeof ts, { operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === compiler.SyntaxKind.BarBarToken || kind === compiler.SyntaxKind.QuestionQuestionToken;
}

/** Whether an operator gives its left side a value. */
export function isAssignment(compiler: typeof ts, { kind }: ts.Node): boolean {
  return kind >= compiler.SyntaxKind.FirstAssignment && kind <= compiler.SyntaxKind.LastAssignment;
}
