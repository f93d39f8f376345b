import { diffLines } from "diff";
import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import type { Compilation } from "./compile.js";

/** How the types that a file offers to others change. */
export interface DeclarationChange {
  /** The source file's absolute path. */
  readonly file: string;
  /** Lines of its emitted declarations that go. */
  readonly removed: readonly string[];
  /** Lines that come. */
  readonly added: readonly string[];
}

/** The files whose emitted declarations are not the same: they are the application's public types. Empty where none are emitted. */
export function declarationChanges(
  compiler: Compiler,
  before: Pick<Compilation, "declarations">,
  after: Pick<Compilation, "declarations">,
  files: readonly string[],
): DeclarationChange[] {
  return files.flatMap((file) => {
    const [a, b] = [before.declarations(file) ?? "", after.declarations(file) ?? ""];
    if (a === b || canonical(compiler, a) === canonical(compiler, b)) return [];
    const parts = diffLines(a, b);
    return [
      {
        file,
        removed: parts.filter(({ removed }) => removed).flatMap(linesOf),
        added: parts.filter(({ added }) => added).flatMap(linesOf),
      },
    ];
  });
}

function linesOf({ value }: { readonly value: string }): string[] {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The compiler words a union in the order in which it met the parts, and that changes with what it was asked before. */
function canonical(compiler: Compiler, text: string): string {
  const file = compiler.createSourceFile("a.d.ts", text, compiler.ScriptTarget.Latest, true);
  const write = (node: ts.Node): string => {
    if (compiler.isUnionTypeNode(node)) return node.types.map(write).sort().join(" | ");
    const children = node.getChildren(file);
    return children.length === 0 ? node.getText(file) : children.map(write).join(" ");
  };
  return write(file);
}
