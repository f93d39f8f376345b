import type ts from "typescript";
import type { Application } from "../application/load.js";
import { emitsDeclarations } from "./emits-declarations.js";

/** The application's options, so that everything is emitted whatever they say, and comments are not. */
export function emittingOptions(options: ts.CompilerOptions, noCheck: boolean): ts.CompilerOptions {
  const { tsBuildInfoFile: _tsBuildInfoFile, ...rest } = options;
  return {
    ...rest,
    noEmit: false,
    noEmitOnError: false,
    emitDeclarationOnly: false,
    removeComments: true,
    sourceMap: false,
    inlineSourceMap: false,
    inlineSources: false,
    incremental: false,
    composite: false,
    declaration: emitsDeclarations(options),
    declarationMap: false,
    listEmittedFiles: false,
    ...(noCheck ? { noCheck } : {}),
  };
}

/** Whether the compiler can emit a file without checking it first. What decorators say of types needs the check. */
export function emitsUnchecked({ ts: { versionMajorMinor }, options }: Application): boolean {
  const [major = 0, minor = 0] = versionMajorMinor.split(".").map(Number);
  return (major > 5 || (major === 5 && minor >= 6)) && options.emitDecoratorMetadata !== true;
}

/** The JavaScript of a file, by path; nothing where the program has no such file. */
export function emit(program: ts.Program, file: string): ReadonlyMap<string, string> {
  const emitted = new Map<string, string>();
  const sourceFile = program.getSourceFile(file);
  if (sourceFile === undefined) return emitted;
  program.emit(sourceFile, (path, text) => {
    if (/\.[cm]?jsx?$/.test(path)) emitted.set(path, text);
  });
  return emitted;
}

/** The declarations of a file; `undefined` where it has none. */
export function emitDeclarations(program: ts.Program, file: string): string | undefined {
  let emitted: string | undefined;
  const write = (path: string, text: string) => {
    if (/\.d\.(?:\w+\.)?[cm]?ts$/.test(path)) emitted = text;
  };
  program.emit(program.getSourceFile(file), write, undefined, true);
  return emitted;
}
