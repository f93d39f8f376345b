import type ts from "typescript";
import type { Compilation } from "./compile.js";
import type { CompilerError } from "./compiler-error.js";

/**
 * The errors that were not there before. One that stands where one with the same code stood before is that one: the compiler
 * words a type's alternatives in the order in which it happened to meet them. Elsewhere in the file, it takes the same
 * message, and as many may have it as had it before.
 *
 * @param originalStart - where an error of `after` was before the edits
 */
export function newErrors(
  before: readonly CompilerError[],
  after: readonly CompilerError[],
  originalStart: (error: CompilerError) => number = ({ start }) => start,
): CompilerError[] {
  const known = [...before];
  const take = (isIt: (error: CompilerError) => boolean): boolean => {
    const index = known.findIndex(isIt);
    if (index >= 0) known.splice(index, 1);
    return index >= 0;
  };
  const moved = after.filter((error) => {
    const start = originalStart(error);
    return !take((each) => each.start === start && each.file === error.file && each.code === error.code);
  });
  return moved.filter((error) => !take((each) => isSameError(each, error)));
}

/** Whether two errors say the same of the same file, wherever they stand. */
export function isSameError(a: CompilerError, b: CompilerError): boolean {
  return a.file === b.file && a.code === b.code && a.message === b.message;
}

/** Which of the files emit other JavaScript than before: another program, whatever its white space. */
export function filesThatEmitOtherwise(
  compiler: typeof ts,
  before: Pick<Compilation, "emit">,
  after: Pick<Compilation, "emit">,
  files: readonly string[],
): string[] {
  return files.filter((file) => !emitsSame(compiler, before.emit(file), after.emit(file)));
}

/** The same, of files whose text has changed: those that emit the same alone need not be emitted with the program. */
export function changedFilesThatEmitOtherwise(
  compiler: typeof ts,
  before: Pick<Compilation, "emit" | "alone">,
  after: Pick<Compilation, "emit" | "alone">,
  files: readonly string[],
): string[] {
  const [inBefore, inAfter] = [before.alone(files), after.alone(files)];
  if (inBefore === undefined || inAfter === undefined) return filesThatEmitOtherwise(compiler, before, after, files);
  return filesThatEmitOtherwise(compiler, before, after, filesThatEmitOtherwise(compiler, inBefore, inAfter, files));
}

function emitsSame(compiler: typeof ts, a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => isSameProgram(compiler, path, text, b.get(path)));
}

/** The printer puts a short block on one line where the source did, so a line break that goes can move one there. */
function isSameProgram(compiler: typeof ts, path: string, a: string, b: string | undefined): boolean {
  if (a === b) return true;
  if (b === undefined) return false;
  const parse = (text: string) => compiler.createSourceFile(path, text, compiler.ScriptTarget.Latest, true);
  return isSameNode(parse(a), parse(b));
}

function isSameNode(a: ts.Node, b: ts.Node | undefined): boolean {
  if (a.kind !== b?.kind) return false;
  const [inA, inB] = [a.getChildren(), b.getChildren()];
  if (inA.length === 0) return inB.length === 0 && a.getText() === b.getText();
  return inA.length === inB.length && inA.every((child, index) => isSameNode(child, inB[index]));
}
