import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import type { Proposal } from "./proposal.js";

const furthest = 3;

/**
 * Finds the proposals that an error may come from although it stands elsewhere: the variables in the erroneous statement
 * are followed to where they were given their values.
 *
 * @param program - of the original texts
 */
export function createErrorSources(
  compiler: Compiler,
  program: ts.Program,
  proposals: readonly Proposal[],
): (file: string, at: number) => readonly Proposal[] {
  const checker = program.getTypeChecker();
  const byFile = new Map<string, Proposal[]>();
  for (const each of proposals) byFile.set(each.file, [...(byFile.get(each.file) ?? []), each]);

  return (file, at) => {
    const sourceFile = program.getSourceFile(file);
    const node = sourceFile && innermostAt(compiler, sourceFile, at);
    if (node === undefined) return [];
    // An error at the name of a function speaks of what it returns.
    const nodes = isNameOfFunction(compiler, node)
      ? resultsOf(compiler, node.parent)
      : [expressionAround(compiler, node)];
    return [...new Set(nodes.flatMap((each) => sourcesOf(each, 0, new Set())))];
  };

  function sourcesOf(node: ts.Node, distance: number, seen: Set<ts.Node>): Proposal[] {
    if (distance > furthest || seen.has(node)) return [];
    seen.add(node);
    const inside = proposalsIn(node);
    const declarations = identifiersIn(compiler, node).flatMap(
      (name) => checker.getSymbolAtLocation(name)?.declarations ?? [],
    );
    const values = declarations.map((each) => valueOf(compiler, each)).filter((each) => each !== undefined);
    return [...inside, ...values.flatMap((each) => sourcesOf(each, distance + 1, seen))];
  }

  function proposalsIn(node: ts.Node): Proposal[] {
    const file = node.getSourceFile();
    const [start, end] = [node.getStart(file), node.end];
    return (byFile.get(file.fileName) ?? []).filter(({ expression }) => {
      return expression !== undefined && expression.start >= start && expression.end <= end;
    });
  }
}

/** `undefined` where there is nothing but space and comments: an error of the file as a whole may be put anywhere. */
function innermostAt(compiler: Compiler, file: ts.SourceFile, at: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > at || node.end <= at) return;
    found = node;
    compiler.forEachChild(node, visit);
  };
  compiler.forEachChild(file, visit);
  return found;
}

function isNameOfFunction(compiler: Compiler, { parent }: ts.Node): boolean {
  return compiler.isMethodDeclaration(parent) || compiler.isFunctionDeclaration(parent);
}

function resultsOf(compiler: Compiler, declaration: ts.Node): ts.Node[] {
  const results: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isReturnStatement(node) && node.expression) results.push(node.expression);
    if (
      !compiler.isFunctionDeclaration(node) &&
      !compiler.isFunctionExpression(node) &&
      !compiler.isArrowFunction(node)
    ) {
      compiler.forEachChild(node, visit);
    }
  };
  compiler.forEachChild(declaration, visit);
  return results;
}

/** What an error of a node speaks of: the whole argument, member or assignment that it is in. */
function expressionAround(compiler: Compiler, node: ts.Node): ts.Node {
  const { parent } = node;
  if (parent === undefined) return node;
  const goesOn =
    compiler.isPropertyAccessExpression(parent) ||
    compiler.isElementAccessExpression(parent) ||
    compiler.isBinaryExpression(parent) ||
    compiler.isPropertyAssignment(parent) ||
    compiler.isShorthandPropertyAssignment(parent) ||
    compiler.isObjectLiteralExpression(parent) ||
    compiler.isVariableDeclaration(parent) ||
    compiler.isCallExpression(parent);
  return goesOn ? expressionAround(compiler, parent) : node;
}

function identifiersIn(compiler: Compiler, node: ts.Node): ts.Identifier[] {
  const names: ts.Identifier[] = [];
  const visit = (each: ts.Node): void => {
    if (compiler.isIdentifier(each)) names.push(each);
    compiler.forEachChild(each, visit);
  };
  visit(node);
  return names;
}

/** Where a variable gets its value from. */
function valueOf(compiler: Compiler, declaration: ts.Declaration): ts.Node | undefined {
  if (compiler.isVariableDeclaration(declaration)) return declaration.initializer;
  if (!compiler.isBindingElement(declaration)) return undefined;
  const { parent } = declaration.parent;
  return compiler.isVariableDeclaration(parent) ? parent.initializer : declaration;
}
