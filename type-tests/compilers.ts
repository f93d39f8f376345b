import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";

/**
 * The compilers that users have and that have a JS API, oldest first; 6.0 is the project's own. The others are installed
 * below `compilers/`, each by a package of its own: as dependencies of the root, their `tsc` would take the place of its.
 */
export const compilers = ["5.0", "5.4", "5.9", "6.0"] as const;
export type Compiler = (typeof compilers)[number];

/** TypeScript 7 is a program. */
export const nativeCompiler = join(dirname(manifestOf("7.0")), "bin/tsc");

/** Loads a compiler. Their APIs are the same as far as the tests need them. */
export function loadCompiler(version: Compiler): typeof ts {
  const compiler: typeof ts = createRequire(manifestOf(version))("typescript");
  return compiler;
}

function manifestOf(version: Compiler | "7.0"): string {
  const from = version === "6.0" ? "../package.json" : `compilers/${version}/package.json`;
  return createRequire(fileURLToPath(new URL(from, import.meta.url))).resolve("typescript/package.json");
}
