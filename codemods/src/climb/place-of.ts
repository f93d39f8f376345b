import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import type { Proposal } from "./proposal.js";

/** Where a proposal stands that changes a node. */
export function placeOf(
  compiler: Compiler,
  sourceFile: ts.SourceFile,
  node: ts.Node,
): Pick<Proposal, "file" | "start" | "end" | "at" | "line"> {
  const statement = statementOf(compiler, node);
  return {
    file: sourceFile.fileName,
    start: statement.getStart(sourceFile),
    end: statement.end,
    at: node.end,
    line: sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile)).line + 1,
  };
}

function statementOf(compiler: Compiler, node: ts.Node): ts.Node {
  const { parent } = node;
  if (parent === undefined) return node;
  const isStatement =
    compiler.isBlock(parent) || compiler.isSourceFile(parent) || compiler.isCaseOrDefaultClause(parent);
  return isStatement || compiler.isModuleBlock(parent) ? node : statementOf(compiler, parent);
}
