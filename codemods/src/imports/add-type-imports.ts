import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import type { TypeReference } from "./type-reference.js";

/** A type to import, under a name. */
export interface TypeImport extends TypeReference {
  readonly as: string;
}

/** The edit that adds imports of types below the file's other imports, each once. They emit nothing. */
export function addTypeImports(compiler: Compiler, file: ts.SourceFile, imports: readonly TypeImport[]): Edit[] {
  const lines = imports.map(
    ({ name, as, from }) => `import type { ${name === as ? name : `${name} as ${as}`} } from "${from}";`,
  );
  return importLines(compiler, file, [...new Set(lines)]);
}

/** The edit that adds lines below the file's imports, quoted as those are. */
export function importLines(compiler: Compiler, file: ts.SourceFile, lines: readonly string[]): Edit[] {
  if (lines.length === 0) return [];
  const newLine = file.text.includes("\r\n") ? "\r\n" : "\n";
  const quoted = usesSingleQuotes(compiler, file) ? lines.map((line) => line.replaceAll('"', "'")) : lines;
  const last = file.statements
    .filter((each) => compiler.isImportDeclaration(each) || compiler.isImportEqualsDeclaration(each))
    .at(-1);
  if (last !== undefined)
    return [{ start: last.end, end: last.end, text: quoted.map((line) => newLine + line).join("") }];
  const start = file.statements[0]?.getStart(file) ?? 0;
  return [{ start, end: start, text: quoted.map((line) => line + newLine).join("") }];
}

function usesSingleQuotes(compiler: Compiler, file: ts.SourceFile): boolean {
  const first = file.statements.find((each) => compiler.isImportDeclaration(each));
  return (
    first !== undefined && compiler.isImportDeclaration(first) && first.moduleSpecifier.getText(file).startsWith("'")
  );
}
