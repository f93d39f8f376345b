import type ts from "typescript";
import type { Application } from "../application/load.js";
import { sessionFileMark } from "../session-file/place-session-file.js";
import type { Compilation } from "../verify/compile.js";
import type { CompilerError } from "../verify/compiler-error.js";

/**
 * Finds keys that two session files of one program say different things of. The compiler looks for that only without
 * `skipLibCheck`, and takes the type that it meets first: which one that is depends on the order of the files.
 */
export function sessionConflicts({ ts: compiler }: Application, { program }: Compilation): CompilerError[] {
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter(({ text }) => text.includes(sessionFileMark));
  const known = new Map<string, { readonly file: ts.SourceFile; readonly type: string }>();
  return files.flatMap((file) =>
    keysOf(checker, file).flatMap((key) => {
      const type = checker.typeToString(checker.getTypeOfSymbolAtLocation(key, file), file, full(compiler));
      const other = known.get(key.name) ?? { file, type };
      known.set(key.name, other);
      return other.type === type ? [] : [conflict(key.name, other.file.fileName, file.fileName)];
    }),
  );
}

function keysOf(checker: ts.TypeChecker, file: ts.SourceFile): ts.Symbol[] {
  const module = checker.getSymbolAtLocation(file);
  const session = module && checker.getExportsOfModule(module).find(({ name }) => name === "AppSession");
  return session === undefined ? [] : checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(session));
}

function full({ TypeFormatFlags }: Application["ts"]): ts.TypeFormatFlags {
  return TypeFormatFlags.NoTruncation | TypeFormatFlags.InTypeAlias;
}

function conflict(key: string, first: string, second: string): CompilerError {
  const message = `Two sessions in one program: '${key}' has another type in ${first}. Give each its own tsconfig, or one session file.`;
  return { file: second, start: 0, length: 0, code: 2320, message };
}
