import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { lineEndOf } from "../text/line-end.js";
import { typeImport } from "./type-import.js";
import type { TypeReference } from "./type-reference.js";

/** A type to import, under a name. */
export interface TypeImport extends TypeReference {
  readonly as: string;
}

/** The edits that add imports of types, each once: to an `import type` of the same module, else below the file's imports. They emit nothing. */
export function addTypeImports(compiler: Compiler, file: ts.SourceFile, imports: readonly TypeImport[]): Edit[] {
  const lines: string[] = [];
  const added = new Map<ts.NamedImports, Set<string>>();
  for (const { name, as, from } of imports) {
    const specifier = name === as ? name : `${name} as ${as}`;
    const names = typeImportOf(compiler, file, from);
    if (names === undefined) lines.push(`${typeImport(compiler)} { ${specifier} } from "${from}";`);
    else added.set(names, (added.get(names) ?? new Set()).add(specifier));
  }
  const insertions = [...added].flatMap(([{ elements }, specifiers]) => {
    const end = elements.at(-1)?.end;
    return end === undefined ? [] : [{ start: end, end, text: [...specifiers].map((each) => `, ${each}`).join("") }];
  });
  return [...insertions, ...importLines(compiler, file, [...new Set(lines)])];
}

/** The names of an `import type { … }` of a module. */
function typeImportOf(compiler: Compiler, file: ts.SourceFile, from: string): ts.NamedImports | undefined {
  for (const statement of file.statements) {
    if (!compiler.isImportDeclaration(statement) || statement.importClause?.isTypeOnly !== true) continue;
    const { namedBindings } = statement.importClause;
    const isIt = compiler.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === from;
    if (isIt && namedBindings && compiler.isNamedImports(namedBindings) && namedBindings.elements.length > 0)
      return namedBindings;
  }
  return undefined;
}

/** The edit that adds lines below the file's imports, quoted as those are, and ended as the last of them is. */
export function importLines(compiler: Compiler, file: ts.SourceFile, lines: readonly string[]): Edit[] {
  if (lines.length === 0) return [];
  const newLine = lineEndOf(file.text);
  const quoted = usesSingleQuotes(compiler, file) ? lines.map((line) => line.replaceAll('"', "'")) : lines;
  const last = file.statements
    .filter((each) => compiler.isImportDeclaration(each) || compiler.isImportEqualsDeclaration(each))
    .at(-1);
  if (last !== undefined) {
    const end = compiler.getTrailingCommentRanges(file.text, last.end)?.at(-1)?.end ?? last.end;
    const ended = last.getText(file).endsWith(";") ? quoted : quoted.map((line) => line.replace(/;$/, ""));
    return [{ start: end, end, text: ended.map((line) => newLine + line).join("") }];
  }
  const start = file.statements[0]?.getStart(file) ?? 0;
  return [{ start, end: start, text: quoted.map((line) => line + newLine).join("") }];
}

function usesSingleQuotes(compiler: Compiler, file: ts.SourceFile): boolean {
  const first = file.statements.find((each) => compiler.isImportDeclaration(each));
  return (
    first !== undefined && compiler.isImportDeclaration(first) && first.moduleSpecifier.getText(file).startsWith("'")
  );
}
