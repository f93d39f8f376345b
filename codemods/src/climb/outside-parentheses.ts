import type ts from "typescript";
import type { Compiler } from "../application/load.js";

/** The outermost of the parentheses around a node; the node itself where there are none. */
export function outsideParentheses(compiler: Compiler, node: ts.Node): ts.Node {
  return compiler.isParenthesizedExpression(node.parent) ? outsideParentheses(compiler, node.parent) : node;
}
