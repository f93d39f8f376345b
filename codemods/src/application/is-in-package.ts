import type ts from "typescript";

/** Whether a declaration is a package's, and not the application's own. */
export function isInPackage(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.includes("/node_modules/");
}
