import type { Compiler } from "../application/load.js";

/** Whether the compiler knows `import type` (TypeScript 3.8 and newer). */
export function knowsTypeImports({ version }: Pick<Compiler, "version">): boolean {
  return Number.parseFloat(version) >= 3.8;
}

/** How an import for types alone begins: a compiler that knows no `import type` emits nothing for a plain one, either. */
export function typeImport(compiler: Pick<Compiler, "version">): string {
  return knowsTypeImports(compiler) ? "import type" : "import";
}
