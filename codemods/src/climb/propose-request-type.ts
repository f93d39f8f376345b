import type ts from "typescript";
import type { Edit, Range } from "typed-session-sites";
import { declarationProposal, nameIn, typeEdits, usesIn, type DeclarationContext } from "./declaration-context.js";
import type { Attempt, Proposal } from "./proposal.js";

export function proposeRequestType(context: DeclarationContext, declaration: ts.Node): Proposal | undefined {
  const { compiler } = context;
  if (compiler.isParameter(declaration) && compiler.isIdentifier(declaration.name)) {
    const edits = typeEdits(compiler, declaration);
    return (
      edits &&
      declarationProposal(
        context,
        declaration,
        requestAttempts(context, declaration.getSourceFile(), edits),
        usesIn(context, declaration.name),
      )
    );
  }
  if (compiler.isVariableDeclaration(declaration) && compiler.isIdentifier(declaration.name)) {
    if (declaration.type !== undefined)
      return proposeMemberType(context, declaration, declaration.type, usesIn(context, declaration.name));
    const { initializer } = declaration;
    return initializer && compiler.isCallExpression(initializer)
      ? proposeTypeArgument(context, initializer, declaration)
      : undefined;
  }
  const isMember = compiler.isPropertySignature(declaration) || compiler.isPropertyDeclaration(declaration);
  return isMember && declaration.type !== undefined
    ? proposeMemberType(context, declaration, declaration.type, [])
    : undefined;
}

function proposeMemberType(
  context: DeclarationContext,
  node: ts.Node,
  type: ts.TypeNode,
  governs: readonly Range[],
): Proposal | undefined {
  if (type.kind !== context.compiler.SyntaxKind.AnyKeyword) return undefined;
  const file = node.getSourceFile();
  const replace = (text: string): Edit[] => [{ start: type.getStart(file), end: type.getEnd(), text }];
  return declarationProposal(context, node, requestAttempts(context, file, replace), governs);
}

/** `getRequest()` of Nest is generic, and `any` without an argument. */
export function proposeTypeArgument(
  context: DeclarationContext,
  call: ts.CallExpression,
  node: ts.Node,
): Proposal | undefined {
  const { compiler } = context;
  const { expression, typeArguments } = call;
  if (!compiler.isPropertyAccessExpression(expression) || expression.name.text !== "getRequest") return undefined;
  const file = call.getSourceFile();
  const [given, ...others] = typeArguments ?? [];
  if (others.length > 0 || (given !== undefined && given.kind !== compiler.SyntaxKind.AnyKeyword)) return undefined;
  const insert = (text: string): Edit[] =>
    given === undefined
      ? [{ start: expression.end, end: expression.end, text: `<${text}>` }]
      : [{ start: given.getStart(file), end: given.end, text }];
  const isNamed = compiler.isVariableDeclaration(node) && compiler.isIdentifier(node.name);
  return declarationProposal(
    context,
    node,
    requestAttempts(context, file, insert),
    isNamed ? usesIn(context, node.name) : [],
  );
}

/**
 * The framework's request first; then with whatever else the code puts on requests; last, one that is open but for its
 * session: it takes all that `any` took.
 */
function requestAttempts(context: DeclarationContext, file: ts.SourceFile, edits: (text: string) => Edit[]): Attempt[] {
  const request = nameIn(context, file);
  if (request === undefined) return [];
  const { name, imports } = request;
  const session = `${name}["session"]`;
  const texts = [name, `${name} & Record<string, any>`, `{ session: ${session}; [key: string]: any }`];
  return texts.map((text) => ({ rung: 1, edits: edits(text), imports }));
}
