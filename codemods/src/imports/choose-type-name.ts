import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import type { TypeReference } from "./type-reference.js";

/** How a file can write a type, and the import that it takes. */
export interface ChosenName {
  readonly text: string;
  /** The name to import it under; `undefined` where the file has it already, or needs no import. */
  readonly importAs: string | undefined;
}

/** Finds a name for a type of a package: one that the file imports already, or one that nothing else in it has. */
export function chooseTypeName(compiler: Compiler, file: ts.SourceFile, { name, from }: TypeReference): ChosenName {
  for (const statement of file.statements) {
    const known = nameFrom(compiler, statement, name, from);
    if (known !== undefined) return { text: known, importAs: undefined };
  }
  // An import would make a module of a script.
  if (!compiler.isExternalModule(file)) return { text: `import("${from}").${name}`, importAs: undefined };
  const owner =
    from.replace(/^@?([a-z]).*$/, (_, first: string) => first.toUpperCase()) +
    from.replace(/^@?[a-z]([a-z]*).*$/, "$1");
  const [free = `${owner}${name}`] = [name, `${owner}${name}`].filter((each) => !isInUse(each, file.text));
  return { text: free, importAs: free };
}

/** What follows a point is a member, and takes no name. */
function isInUse(name: string, text: string): boolean {
  return new RegExp(`(?<!(?:^|[^.])\\.\\s*)\\b${name}\\b`).test(text);
}

function nameFrom(compiler: Compiler, statement: ts.Statement, name: string, from: string): string | undefined {
  if (compiler.isImportEqualsDeclaration(statement)) {
    const { moduleReference } = statement;
    if (!compiler.isExternalModuleReference(moduleReference) || !isText(compiler, moduleReference.expression, from))
      return undefined;
    return `${statement.name.text}.${name}`;
  }
  if (!compiler.isImportDeclaration(statement) || !isText(compiler, statement.moduleSpecifier, from)) return undefined;
  const bindings = statement.importClause?.namedBindings;
  if (bindings !== undefined && compiler.isNamedImports(bindings)) {
    const element = bindings.elements.find((each) => (each.propertyName ?? each.name).text === name);
    if (element !== undefined) return element.name.text;
  }
  if (bindings !== undefined && compiler.isNamespaceImport(bindings)) return `${bindings.name.text}.${name}`;
  // The packages with such types export a function that is a namespace, too.
  const whole = statement.importClause?.name;
  return whole === undefined || from !== "express" ? undefined : `${whole.text}.${name}`;
}

function isText(compiler: Compiler, node: ts.Node, text: string): boolean {
  return compiler.isStringLiteral(node) && node.text === text;
}
