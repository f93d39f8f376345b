import type ts from "typescript";

/**
 * Whether what a file emits is told by its own text, and by which of its imports are values, whatever the types: then the same
 * JavaScript of the file alone, before and after, is the same JavaScript in the program, too. To be asked of programs that emit
 * without being checked: there, decorators tell nothing of types.
 */
export function emitsAlone(compiler: typeof ts, program: ts.Program): boolean {
  const { isolatedModules, verbatimModuleSyntax, outFile } = program.getCompilerOptions();
  const files = program.getSourceFiles();
  // For ES5, the type of an async function may name what makes its promise.
  const isOld = files.some(({ languageVersion }) => languageVersion < compiler.ScriptTarget.ES2015);
  if (outFile !== undefined || isOld) return false;
  // A member of a const enum is written out wherever the types lead to it: in `session.levels.High`, too.
  return isolatedModules === true || verbatimModuleSyntax === true || !files.some(hasConstEnum);
}

/** White space and comments may stand between the words. Each matches in one way: text that does not fit fails at once. */
const constEnum = /\bconst\b(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/.*$)+enum\b/m;

/** By the file: most are in all programs. */
const known = new WeakMap<ts.SourceFile, boolean>();

function hasConstEnum(file: ts.SourceFile): boolean {
  const answer = known.get(file) ?? (file.text.includes("enum") && constEnum.test(file.text));
  known.set(file, answer);
  return answer;
}

/** The options for files without what they import, and without libraries. */
export function optionsAlone(options: ts.CompilerOptions): ts.CompilerOptions {
  const { lib: _lib, paths: _paths, ...rest } = options;
  return { ...rest, isolatedModules: true, noResolve: true, noLib: true, types: [], declaration: false };
}

/** No import leads anywhere: neither to files that are not there, nor from one of the files to another. */
export function hostAlone(host: ts.CompilerHost): ts.CompilerHost {
  return {
    ...host,
    resolveModuleNameLiterals: (literals) => literals.map(() => ({ resolvedModule: undefined })),
    resolveTypeReferenceDirectiveReferences: (references) =>
      references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
  };
}
