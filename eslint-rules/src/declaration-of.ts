import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";

/** Where the file itself declares the variable that an identifier stands for: its name there, with its annotation. */
export function declarationOf(sourceCode: Readonly<SourceCode>, node: TSESTree.Node): TSESTree.BindingName | undefined {
  if (node.type === "ObjectPattern") return node;
  if (node.type !== "Identifier" || !sourceCode.getScope) return undefined;
  let scope: ReturnType<typeof sourceCode.getScope> | null = sourceCode.getScope(node);
  for (; scope; scope = scope.upper) {
    const variable = scope.set.get(node.name);
    if (!variable) continue;
    const name = variable.defs[0]?.name;
    return name?.type === "Identifier" ? name : undefined;
  }
  return undefined;
}

/** The type that a declaration is annotated with. */
export function annotationOf(declaration: TSESTree.BindingName | undefined): TSESTree.TypeNode | undefined {
  return declaration?.typeAnnotation?.typeAnnotation;
}
