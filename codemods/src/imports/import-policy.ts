import type ts from "typescript";
import type { ImportPolicy } from "./remove-unused-imports.js";

/** What a tsconfig's options say about unused imports. */
export function importPolicyOf(options: ts.CompilerOptions): ImportPolicy {
  // The forerunners of verbatimModuleSyntax, which compilers before 5.5 know.
  const { verbatimModuleSyntax, preserveValueImports, importsNotUsedAsValues } = options;
  return {
    emitsUnused: verbatimModuleSyntax === true || preserveValueImports === true || Boolean(importsNotUsedAsValues),
  };
}
