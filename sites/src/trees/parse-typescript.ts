import ts from "typescript";
import type { Tree } from "../tree.js";
import { typescriptTree } from "./typescript.js";

/** Parses a text with this workspace's compiler. For tests: the codemod works with the application's own. */
export function parseTypescript(text: string, fileName = "file.ts"): Tree<ts.Node> {
  return typescriptTree(ts, ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true));
}
