import type { Application } from "../application/load.js";

/** Whether imports of a file end with `.js`: Node's own resolution of ES modules wants that. */
export function usesExtensions({ ts: compiler, options }: Application, file: string): boolean {
  const { moduleResolution, module } = options;
  const { ModuleResolutionKind, ModuleKind } = compiler;
  // The kinds are called Node16 and NodeNext since 4.7; a compiler without them has neither.
  const isNode =
    moduleResolution === undefined
      ? module === ModuleKind.Node16 || module === ModuleKind.NodeNext
      : moduleResolution === ModuleResolutionKind.Node16 || moduleResolution === ModuleResolutionKind.NodeNext;
  if (!isNode || ModuleResolutionKind.Node16 === undefined) return false;
  const format = compiler.getImpliedNodeFormatForFile(file, undefined, compiler.sys, options);
  return format === ModuleKind.ESNext;
}
