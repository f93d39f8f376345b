import type ts from "typescript";
import type { Edit } from "typed-session-sites";

/**
 * The names that a file uses outside its imports, apart by whether the use goes with the edits, or stays or is new.
 *
 * Scopes are not looked at: a name that something else in the file also has counts as used.
 */
export function namesUsed(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  edits: readonly Edit[],
): { readonly gone: ReadonlySet<string>; readonly kept: ReadonlySet<string> } {
  const gone = new Set<string>();
  const written = edits.flatMap(({ text }) => text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
  const kept = new Set<string>([...linkedNames(sourceFile.text), ...written]);
  const visit = (node: ts.Node): void => {
    if (compiler.isImportDeclaration(node)) return;
    if (compiler.isIdentifier(node) && isUse(compiler, node)) {
      const start = node.getStart(sourceFile);
      const isRemoved = edits.some((range) => range.start <= start && node.end <= range.end);
      (isRemoved ? gone : kept).add(node.text);
    }
    compiler.forEachChild(node, visit);
  };
  visit(sourceFile);
  return { gone, kept };
}

/** Whether an identifier refers to something, and is not just the name of a member. */
function isUse(compiler: typeof ts, node: ts.Identifier): boolean {
  const { parent } = node;
  if (compiler.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (compiler.isQualifiedName(parent)) return parent.right !== node;
  if (compiler.isInterfaceDeclaration(parent) || compiler.isTypeAliasDeclaration(parent)) return parent.name !== node;
  if (
    compiler.isPropertyAssignment(parent) ||
    compiler.isPropertySignature(parent) ||
    compiler.isPropertyDeclaration(parent) ||
    compiler.isMethodDeclaration(parent) ||
    compiler.isMethodSignature(parent)
  ) {
    return parent.name !== node;
  }
  return true;
}

/** Documentation refers to names too, and editors follow it: `{@link AppSession}`. */
function linkedNames(text: string): string[] {
  return [...text.matchAll(/@(?:link|linkcode|linkplain|see)\s+([\w$]+)/g)].map(([, name = ""]) => name);
}
