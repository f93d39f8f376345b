import type ts from "typescript";
import type { Application } from "../application/load.js";
import type { CompilerError } from "./compiler-error.js";
import { emitsDeclarations } from "./emits-declarations.js";
import type { Engine } from "./engine.js";

/** The reference: the compiler that gives the types, too. */
export function createJsEngine({ ts: compiler, options }: Application): Engine {
  return {
    name: "js",
    errors: ({ program }, files) => errorsOf(compiler, program(), files, emitsDeclarations(options)),
    close: () => {},
  };
}

/** @param withDeclarations - whether a type that the declarations can't name is an error, as it is where they are emitted */
function errorsOf(
  compiler: typeof ts,
  program: ts.Program,
  files: readonly string[] | undefined,
  withDeclarations: boolean,
): CompilerError[] {
  const diagnostics =
    files === undefined
      ? [
          ...program.getConfigFileParsingDiagnostics(),
          ...program.getOptionsDiagnostics(),
          ...program.getGlobalDiagnostics(),
          ...program.getSyntacticDiagnostics(),
          ...program.getSemanticDiagnostics(),
          ...(withDeclarations ? program.getDeclarationDiagnostics() : []),
        ]
      : files.flatMap((name) => {
          const file = program.getSourceFile(name);
          if (file === undefined) return [];
          return [
            ...program.getSyntacticDiagnostics(file),
            ...program.getSemanticDiagnostics(file),
            ...(withDeclarations ? program.getDeclarationDiagnostics(file) : []),
          ];
        });
  return diagnostics.map(({ file, start = 0, length = 0, code, messageText }) => ({
    file: file?.fileName,
    start,
    length,
    code,
    message: compiler.flattenDiagnosticMessageText(messageText, "\n"),
  }));
}
