import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import { annotationOf, declarationOf } from "./variables.js";

/** Where the variable that an identifier stands for is declared `any`, as far as the file itself says so. */
export function declaredAnyAt(sourceCode: Readonly<SourceCode>, node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type !== "Identifier") return undefined;
  const declaration = declarationOf(sourceCode, node);
  return annotationOf(declaration)?.type === "TSAnyKeyword" ? declaration : undefined;
}
