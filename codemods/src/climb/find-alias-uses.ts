import type ts from "typescript";
import type { Site } from "typed-session-sites";

/**
 * Where a session, or a key of it, is read through the variables that a site gives it to: `session.userId` after
 * `const session = req.session as any`, and `userId` after `const { userId } = req.session as any`.
 */
export function findAliasUses(
  compiler: typeof ts,
  checker: ts.TypeChecker,
  sourceFile: ts.SourceFile,
  { outer }: Site<ts.Node>,
): ts.Expression[] {
  const initializer = outsideParentheses(compiler, outer);
  const { parent } = initializer;
  if (!compiler.isVariableDeclaration(parent) || parent.initializer !== initializer) return [];
  if (compiler.isIdentifier(parent.name)) {
    return referencesTo(compiler, checker, sourceFile, parent.name).flatMap((name) => {
      const access = outsideParentheses(compiler, name).parent;
      const isRead = compiler.isPropertyAccessExpression(access) || compiler.isElementAccessExpression(access);
      return isRead && access.expression === outsideParentheses(compiler, name) ? [access] : [];
    });
  }
  return parent.name.elements.flatMap((element) => {
    if (compiler.isOmittedExpression(element) || element.dotDotDotToken || !compiler.isIdentifier(element.name))
      return [];
    return referencesTo(compiler, checker, sourceFile, element.name);
  });
}

function referencesTo(
  compiler: typeof ts,
  checker: ts.TypeChecker,
  sourceFile: ts.SourceFile,
  declared: ts.Identifier,
): ts.Identifier[] {
  const symbol = checker.getSymbolAtLocation(declared);
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node) && node !== declared && node.text === declared.text) {
      if (checker.getSymbolAtLocation(node) === symbol) found.push(node);
    }
    compiler.forEachChild(node, visit);
  };
  visit(sourceFile);
  return found;
}

export function outsideParentheses(compiler: typeof ts, node: ts.Node): ts.Node {
  return compiler.isParenthesizedExpression(node.parent) ? outsideParentheses(compiler, node.parent) : node;
}
