import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";

/** Where the variable that an identifier stands for is declared `any`, as far as the file itself says so. */
export function declaredAnyAt(sourceCode: Readonly<SourceCode>, node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type !== "Identifier" || !sourceCode.getScope) return undefined;
  for (
    let scope: ReturnType<typeof sourceCode.getScope> | null = sourceCode.getScope(node);
    scope;
    scope = scope.upper
  ) {
    const variable = scope.set.get(node.name);
    if (!variable) continue;
    const [definition] = variable.defs;
    const name = definition?.name;
    const isAny = name?.type === "Identifier" && name.typeAnnotation?.typeAnnotation.type === "TSAnyKeyword";
    return isAny ? name : undefined;
  }
  return undefined;
}
