import type ts from "typescript";
import type { Site } from "typed-session-sites";
import { aliasedSymbol } from "../application/aliased-symbol.js";
import type { Compiler } from "../application/load.js";
import { outermostSameValue, usesOfVariable, type NameUses } from "./value-flow.js";

/** What the functions of the application give that return a session which they open. */
export type ReturnedSessions = ReadonlyMap<Site<ts.Node>, readonly ts.Node[]>;

/**
 * Finds where functions that return an opened session are called, in any file: `await getSession(req, res)`. A function that
 * returns what another one gives is one of them.
 */
export function findReturnedSessions(
  compiler: Compiler,
  checker: ts.TypeChecker,
  uses: NameUses,
  files: readonly ts.SourceFile[],
  sites: readonly Site<ts.Node>[],
): ReturnedSessions {
  const opened = sites.filter(({ form }) => form === "opened");
  return new Map(opened.map((site) => [site, returnedFrom(site)]));

  function returnedFrom({ outer }: Site<ts.Node>): ts.Node[] {
    const names = new Set(functionNames(outer));
    const found = new Set<ts.Node>();
    // What is added while the set is walked is walked too.
    for (const name of names) {
      for (const call of callsOf(name)) {
        const awaited = compiler.isAwaitExpression(call.parent) ? call.parent : call;
        if (awaited !== call) found.add(awaited);
        functionNames(awaited).forEach((each) => names.add(each));
      }
    }
    return [...found];
  }

  /** The names of the functions that return a value: at once, or by a variable. */
  function functionNames(node: ts.Node): ts.Identifier[] {
    return [outermostSameValue(compiler, node), ...usesOfVariable(compiler, uses, node)].flatMap(returnedBy);
  }

  function returnedBy(value: ts.Node): ts.Identifier[] {
    const { parent } = value;
    const isBody = compiler.isArrowFunction(parent) && parent.body === value;
    if (!isBody && !compiler.isReturnStatement(parent)) return [];
    const name = nameOfFunction(compiler, isBody ? parent : functionAround(compiler, parent));
    return name === undefined ? [] : [name];
  }

  function callsOf(name: ts.Identifier): ts.CallExpression[] {
    const symbol = checker.getSymbolAtLocation(name);
    const called: ts.CallExpression[] = [];
    const visit = (node: ts.Node): void => {
      if (compiler.isCallExpression(node) && isNamed(node.expression, symbol)) called.push(node);
      compiler.forEachChild(node, visit);
    };
    files.filter(({ text }) => text.includes(name.text)).forEach(visit);
    return called;
  }

  function isNamed(callee: ts.Expression, symbol: ts.Symbol | undefined): boolean {
    const name = compiler.isPropertyAccessExpression(callee) ? callee.name : callee;
    if (symbol === undefined || !compiler.isIdentifier(name)) return false;
    const named = checker.getSymbolAtLocation(name);
    return named !== undefined && aliasedSymbol(compiler, checker, named) === symbol;
  }
}

function functionAround(compiler: Compiler, node: ts.Node): ts.Node {
  return compiler.isFunctionLike(node) || compiler.isSourceFile(node) ? node : functionAround(compiler, node.parent);
}

function nameOfFunction(compiler: Compiler, node: ts.Node): ts.Identifier | undefined {
  const isNamed = compiler.isFunctionDeclaration(node) || compiler.isMethodDeclaration(node);
  const { name } = isNamed
    ? node
    : { name: compiler.isVariableDeclaration(node.parent) ? node.parent.name : undefined };
  return name !== undefined && compiler.isIdentifier(name) ? name : undefined;
}
