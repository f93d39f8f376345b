import { createRequire } from "node:module";
import type ts from "typescript";
import { CodemodError } from "../codemod-error.js";

/**
 * The compiler that this tool brings. Loaded where it is called for: that takes half a second, and an application has its own,
 * as a rule.
 *
 * @throws CodemodError where another package is in its place.
 */
export function bundledCompiler(): typeof ts {
  const bundled: unknown = createRequire(import.meta.url)("typescript");
  if (isCompiler(bundled)) return bundled;
  throw new CodemodError("The typescript that this tool depends on has no JS API: install the tool again.");
}

/** TypeScript 7 is a native compiler: its package has no such API. */
export function isCompiler(module: unknown): module is typeof ts {
  return typeof module === "object" && module !== null && "createProgram" in module && "version" in module;
}
