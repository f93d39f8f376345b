import type { Application } from "../application/load.js";

/** Makes a function that tells which file a module specifier leads to from a file; each is looked up once. */
export function createModuleResolver(
  { ts: compiler, options }: Application,
  from: string,
): (specifier: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const cache = compiler.createModuleResolutionCache(compiler.sys.getCurrentDirectory(), (name) => name, options);
  return (specifier) => {
    if (!known.has(specifier)) {
      const { resolvedModule } = compiler.resolveModuleName(specifier, from, options, compiler.sys, cache);
      known.set(specifier, resolvedModule?.resolvedFileName);
    }
    return known.get(specifier);
  };
}
