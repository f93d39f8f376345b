import type ts from "typescript";
import { findSessionParameters, typescriptTree, type Site } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { outermostSameValue, usesOfVariable, type NameUses } from "./value-flow.js";

/**
 * Finds the parameters that sessions come in by: those with the `@Session()` of Nest or routing-controllers, and those of
 * functions that are called with a session, from one to the next.
 *
 * @param returned - what functions give that return a session
 */
export function findIncomingSessions(
  compiler: Compiler,
  checker: ts.TypeChecker,
  uses: NameUses,
  files: readonly ts.SourceFile[],
  sites: readonly Site<ts.Node>[],
  returned: readonly ts.Node[],
): ts.ParameterDeclaration[] {
  const found = new Set(files.flatMap((file) => decoratedParameters(compiler, file)));
  const opened = sites.filter(({ form }) => form === "opened").map(({ outer }) => outer);
  for (const { outer } of sites) addTaken(outer);
  for (const each of [...opened, ...returned]) usesOfVariable(compiler, uses, each).forEach(addTaken);
  returned.forEach(addTaken);
  // What is added while the set is walked is walked too.
  for (const { name } of found) if (compiler.isIdentifier(name)) uses.usesOf(name).forEach(addTaken);
  return [...found];

  function addTaken(session: ts.Node): void {
    const parameter = parameterFor(compiler, checker, session);
    if (parameter !== undefined) found.add(parameter);
  }
}

function parameterFor(
  compiler: Compiler,
  checker: ts.TypeChecker,
  session: ts.Node,
): ts.ParameterDeclaration | undefined {
  const value = outermostSameValue(compiler, session);
  const call = value.parent;
  if (!compiler.isCallExpression(call) || call.expression === value) return undefined;
  const index = call.arguments.findIndex((each) => each === value);
  const parameter = checker.getResolvedSignature(call)?.getDeclaration()?.parameters?.[index];
  if (parameter === undefined || parameter.dotDotDotToken || parameter.getSourceFile().isDeclarationFile)
    return undefined;
  return compiler.isParameter(parameter) ? parameter : undefined;
}

function decoratedParameters(compiler: Compiler, file: ts.SourceFile): ts.ParameterDeclaration[] {
  const found = findSessionParameters(typescriptTree(compiler, file));
  return found.map(({ parameter }) => parameter).filter((each) => compiler.isParameter(each));
}
