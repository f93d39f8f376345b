import type ts from "typescript";
import type { KeyAccess } from "./key-access.js";
import { accessByMethod } from "./session-method.js";
import { isDefaulted, outermostSameValue, type NameUses } from "./value-flow.js";

/** How far a session is followed: into variables, and into the functions that it is passed to. */
const furthest = 4;

/**
 * Finds the keys that are asked of a session, starting at an expression that is one: directly, through variables, by
 * destructuring, through `Object.assign`, by the methods `get` and `set`, and inside the functions that the session is passed to.
 */
export function findKeyAccesses(
  compiler: typeof ts,
  checker: ts.TypeChecker,
  uses: NameUses,
  session: ts.Node,
): KeyAccess[] {
  const seen = new Set<ts.Node>();
  return follow(session, 0);

  function follow(expression: ts.Node, distance: number): KeyAccess[] {
    if (seen.has(expression) || distance > furthest) return [];
    seen.add(expression);
    // `const { session } = req`: the name, or the pattern of keys, is the session. So is that of a parameter.
    if (compiler.isBindingElement(expression) || compiler.isParameter(expression))
      return followName(expression.name, distance);
    const value = outermostSameValue(compiler, expression);
    const { parent } = value;
    if (compiler.isPropertyAccessExpression(parent) && parent.expression === value) {
      return [accessByMethod(compiler, parent) ?? { key: parent.name.text, node: parent, at: parent.name }];
    }
    if (compiler.isElementAccessExpression(parent) && parent.expression === value) return elementAccess(parent);
    if (compiler.isBinaryExpression(parent)) {
      return parent.left === value && isDefaulted(compiler, parent) ? follow(parent, distance) : [];
    }
    if (compiler.isVariableDeclaration(parent) && parent.initializer === value)
      return followName(parent.name, distance);
    if (compiler.isCallExpression(parent) && parent.expression !== value)
      return followArgument(parent, value, distance);
    return [];
  }

  function elementAccess(access: ts.ElementAccessExpression): KeyAccess[] {
    const type = checker.getTypeAtLocation(access.argumentExpression);
    return type.isStringLiteral() ? [{ key: type.value, node: access, at: access.argumentExpression }] : [];
  }

  function followName(name: ts.BindingName, distance: number): KeyAccess[] {
    if (compiler.isIdentifier(name)) return uses.usesOf(name).flatMap((each) => follow(each, distance + 1));
    return compiler.isObjectBindingPattern(name) ? name.elements.flatMap(destructured) : [];
  }

  function destructured(element: ts.BindingElement): KeyAccess[] {
    const name = element.propertyName ?? element.name;
    if (element.dotDotDotToken || !compiler.isIdentifier(element.name)) return [];
    return compiler.isIdentifier(name) || compiler.isStringLiteral(name)
      ? [{ key: name.text, node: element.name, at: name }]
      : [];
  }

  function followArgument(call: ts.CallExpression, value: ts.Node, distance: number): KeyAccess[] {
    const index = call.arguments.findIndex((each) => each === value);
    if (isObjectAssign(call)) return index === 0 ? call.arguments.slice(1).flatMap(assigned) : [];
    const parameter = checker.getResolvedSignature(call)?.getDeclaration()?.parameters?.[index];
    if (parameter === undefined || parameter.dotDotDotToken !== undefined) return [];
    if (parameter.getSourceFile().isDeclarationFile) return [];
    return followName(parameter.name, distance + 1);
  }

  function isObjectAssign({ expression }: ts.CallExpression): boolean {
    return /^Object\s*\.\s*assign$/.test(expression.getText());
  }

  function assigned(source: ts.Expression): KeyAccess[] {
    if (!compiler.isObjectLiteralExpression(source)) return [];
    return source.properties.flatMap((property): KeyAccess[] => {
      const { name } = property;
      if (name === undefined || !compiler.isIdentifier(name)) return [];
      if (compiler.isShorthandPropertyAssignment(property))
        return [{ key: name.text, node: name, at: name, written: name }];
      if (!compiler.isPropertyAssignment(property)) return [];
      return [{ key: name.text, node: property.initializer, at: name, written: property.initializer }];
    });
  }
}
