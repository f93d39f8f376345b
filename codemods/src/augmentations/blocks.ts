import type ts from "typescript";
import type { Compiler } from "../application/load.js";

/** The statements of a namespace, a `declare module` or a `declare global`. */
export function bodyOf(compiler: Compiler, { body }: ts.ModuleDeclaration): readonly ts.Statement[] {
  return body !== undefined && compiler.isModuleBlock(body) ? body.statements : [];
}

/**
 * Goes outwards from a node that goes, as long as everything in the block around it goes.
 *
 * @param going - what goes; the blocks that are left empty are added
 */
export function outermostEmptied(compiler: Compiler, node: ts.Node, going: Set<ts.Node>): ts.Node {
  const block = node.parent;
  if (!compiler.isModuleBlock(block) || !block.statements.every((each) => going.has(each))) return node;
  going.add(block.parent);
  return outermostEmptied(compiler, block.parent, going);
}
