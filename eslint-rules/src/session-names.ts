import type { TSESTree } from "@typescript-eslint/utils";
import type { Site, Tree } from "typed-session-sites";

type Node = TSESTree.Node;

/** What a session is declared as: the name, or the pattern of its keys, that a site gives it to. */
export function nameOf(tree: Tree<Node>, { form, session, outer }: Site<Node>): Node | undefined {
  if (form === "destructured") return nameOfElement(session);
  const value = withDefault(tree, outer);
  const declaration = tree.parent(value);
  const shape = declaration && tree.shape(declaration);
  return shape?.kind === "variable" && shape.initializer === value ? shape.name : undefined;
}

/** The name, or the pattern, that an element of a pattern gives its value to. */
export function nameOfElement(element: Node): Node {
  if (element.type !== "Property") return element;
  return element.value.type === "AssignmentPattern" ? element.value.left : element.value;
}

/** `req.session ?? {}` is the session still. */
function withDefault(tree: Tree<Node>, session: Node): Node {
  const parent = tree.parent(session);
  const isDefaulted = parent?.type === "LogicalExpression" && parent.operator !== "&&" && isLeft(parent, session);
  return isDefaulted ? withDefault(tree, parent) : session;
}

function isLeft({ left }: TSESTree.LogicalExpression, node: Node): boolean {
  return left === node || (left.type === "ChainExpression" && left.expression === node);
}
