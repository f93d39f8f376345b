import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope, SourceCode } from "@typescript-eslint/utils/ts-eslint";

/** The variable that an identifier stands for, where the file declares it. */
export function variableOf(sourceCode: Readonly<SourceCode>, node: TSESTree.Identifier): Scope.Variable | undefined {
  if (!sourceCode.getScope) return undefined;
  for (let scope: Scope.Scope | null = sourceCode.getScope(node); scope; scope = scope.upper) {
    const variable = scope.set.get(node.name);
    if (variable) return variable;
  }
  return undefined;
}

/** Where the value of a variable is read, in source order; nothing of what is no name. */
export function readsOf(sourceCode: Readonly<SourceCode>, name: TSESTree.Node | undefined): readonly TSESTree.Node[] {
  const variable = name?.type === "Identifier" ? variableOf(sourceCode, name) : undefined;
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  return reads.map(({ identifier }) => identifier);
}

/** Where the file itself declares the variable that an identifier stands for: its name there, with its annotation. */
export function declarationOf(sourceCode: Readonly<SourceCode>, node: TSESTree.Node): TSESTree.BindingName | undefined {
  if (node.type === "ObjectPattern") return node;
  const name = node.type === "Identifier" ? variableOf(sourceCode, node)?.defs[0]?.name : undefined;
  return name?.type === "Identifier" ? name : undefined;
}

/** The type that a declaration is annotated with. */
export function annotationOf(declaration: TSESTree.BindingName | undefined): TSESTree.TypeNode | undefined {
  return declaration?.typeAnnotation?.typeAnnotation;
}
