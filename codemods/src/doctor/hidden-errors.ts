import type ts from "typescript";
import type { Application } from "../application/load.js";
import type { Compilation } from "../verify/compile.js";
import type { DiagnosedPlace } from "./diagnosis.js";

/** A member that is declared twice, with different types: that is a finding of its own. */
const otherType = 2717;

/**
 * The errors in the application's own declaration files that `skipLibCheck` hides: what can't be resolved there is any, and
 * nobody is told.
 */
export function findHiddenErrors(
  { ts: compiler, fileNames }: Application,
  { program }: Compilation,
  files: readonly ts.SourceFile[],
): DiagnosedPlace[] {
  const declarations = files.filter((file) => file.isDeclarationFile);
  if (program.getCompilerOptions().skipLibCheck !== true || declarations.length === 0) return [];
  const options = { ...program.getCompilerOptions(), skipLibCheck: false, skipDefaultLibCheck: true };
  const host = compiler.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  // What is parsed once serves both programs.
  host.getSourceFile = (name, ...rest) => program.getSourceFile(name) ?? getSourceFile(name, ...rest);
  const checked = compiler.createProgram({ rootNames: fileNames, options, host });
  return declarations.flatMap((file) =>
    checked
      .getSemanticDiagnostics(file)
      .filter(({ code }) => code !== otherType)
      .map(({ start = 0, code, messageText }) => ({
        file: file.fileName,
        line: file.getLineAndCharacterOfPosition(start).line + 1,
        found: `TS${code}: ${compiler.flattenDiagnosticMessageText(messageText, " ")}`,
      })),
  );
}
