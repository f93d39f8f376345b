import type ts from "typescript";

/** Whether an application emits declarations, so that types which they can't name are errors. */
export function emitsDeclarations({ declaration, composite }: ts.CompilerOptions): boolean {
  return declaration === true || composite === true;
}
