import type ts from "typescript";

/** Whether a declaration is a package's, and not the application's own. */
export function isInPackage(declaration: ts.Declaration): boolean {
  return isInPackageFile(declaration.getSourceFile());
}

/** Whether a file is a package's, the compiler's own libraries included. */
export function isInPackageFile({ fileName }: ts.SourceFile): boolean {
  return fileName.includes("/node_modules/");
}
