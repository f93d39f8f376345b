import type ts from "typescript";
import { findSites, typescriptTree, withNeededCast, type Site } from "typed-session-sites";
import type { Compiler } from "./application/load.js";

/** The places of a file where a session is taken from a request, as the compiler sees them. */
export function sitesOfFile(compiler: Compiler, checker: ts.TypeChecker, file: ts.SourceFile): Site<ts.Node>[] {
  const typeAt = (node: ts.Node) => checker.getTypeAtLocation(node);
  return findSites(typescriptTree(compiler, file)).map((site) => withNeededCast({ checker, typeAt }, site));
}
