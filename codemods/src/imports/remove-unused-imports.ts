import type ts from "typescript";
import type { Edit, Range } from "typed-session-sites";
import { deleteWithLine } from "../text/delete-with-line.js";
import { isModuleWithout } from "./module-marks.js";
import { namesUsed } from "./names-used.js";
import { typeImport } from "./type-import.js";

/** How the application's compiler treats imports that nothing uses as a value. */
export interface ImportPolicy {
  /** They are emitted all the same: `verbatimModuleSyntax`, and its forerunner `preserveValueImports`. */
  readonly emitsUnused: boolean;
  /** Whether an import of a module has to stay, without names: nothing else loads what the module declares for others. */
  readonly loads?: (specifier: string) => boolean;
}

/**
 * The edits that remove the imports which other edits leave without a use: the type of a cast that went, and `cast` itself.
 *
 * Imports that were unused before stay, and so does what the compiler would emit. A file that was a module stays one.
 *
 * @param removed - the edits made so far, in offsets of the same text
 */
export function removeUnusedImports(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  removed: readonly Edit[],
  policy: ImportPolicy,
): Edit[] {
  const { gone, kept } = namesUsed(compiler, sourceFile, removed);
  const isUnused = (name: ts.Identifier) => gone.has(name.text) && !kept.has(name.text);
  const whole: ts.ImportDeclaration[] = [];
  const edits: Edit[] = [];
  for (const statement of sourceFile.statements) {
    if (!compiler.isImportDeclaration(statement) || statement.importClause === undefined) continue;
    const unused = namesOf(compiler, statement.importClause).filter(
      (name) => isUnused(name.local) && (!policy.emitsUnused || isFree(compiler, statement, name)),
    );
    if (unused.length === 0) continue;
    if (canGoWhole(compiler, statement, unused, policy)) {
      if (isNeeded(compiler, statement, policy)) edits.push(withoutNames(compiler, sourceFile, statement));
      else whole.push(statement);
    } else edits.push(...removeNames(compiler, sourceFile, statement.importClause, unused, policy));
  }
  const [first, ...others] = whole;
  if (first === undefined) return edits;
  const isLastMark =
    isModuleWithout(compiler, sourceFile, [...whole, ...wholeStatements(sourceFile, removed)]) === false;
  return [
    ...edits,
    isLastMark
      ? { start: first.getStart(sourceFile), end: first.end, text: "export {};" }
      : deleteWithLine(sourceFile.text, rangeOf(first, sourceFile)),
    ...others.map((statement) => deleteWithLine(sourceFile.text, rangeOf(statement, sourceFile))),
  ];
}

interface ImportedName {
  /** What is deleted where the name goes alone. */
  readonly node: ts.Identifier | ts.ImportSpecifier | ts.NamespaceImport;
  readonly local: ts.Identifier;
  readonly imported: string;
}

function namesOf(compiler: typeof ts, { name, namedBindings }: ts.ImportClause): ImportedName[] {
  const names: ImportedName[] = name === undefined ? [] : [{ node: name, local: name, imported: "default" }];
  if (namedBindings === undefined) return names;
  if (compiler.isNamespaceImport(namedBindings)) {
    return [...names, { node: namedBindings, local: namedBindings.name, imported: "*" }];
  }
  return [
    ...names,
    ...namedBindings.elements.map((node) => ({
      node,
      local: node.name,
      imported: (node.propertyName ?? node.name).text,
    })),
  ];
}

/** Whether a name can go although the compiler emits unused imports: nothing is emitted for it, or it is `cast`. */
function isFree(
  compiler: typeof ts,
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  name: ImportedName,
): boolean {
  if (importClause?.isTypeOnly === true) return true;
  if (compiler.isImportSpecifier(name.node) && name.node.isTypeOnly) return true;
  return name.imported === "cast" && isRuntime(compiler, moduleSpecifier);
}

function isRuntime(compiler: typeof ts, specifier: ts.Expression): boolean {
  return compiler.isStringLiteral(specifier) && specifier.text === "typed-session";
}

/** `import { type A } from "m"` still loads "m" where unused imports are emitted. */
function canGoWhole(
  compiler: typeof ts,
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  unused: readonly ImportedName[],
  { emitsUnused }: ImportPolicy,
): boolean {
  if (importClause === undefined || unused.length < namesOf(compiler, importClause).length) return false;
  return !emitsUnused || importClause.isTypeOnly || isRuntime(compiler, moduleSpecifier);
}

function isNeeded(compiler: typeof ts, { moduleSpecifier }: ts.ImportDeclaration, { loads }: ImportPolicy): boolean {
  return loads !== undefined && compiler.isStringLiteral(moduleSpecifier) && loads(moduleSpecifier.text);
}

/** `import type {} from "m"`: it loads the types of "m", and emits nothing. */
function withoutNames(compiler: typeof ts, sourceFile: ts.SourceFile, statement: ts.ImportDeclaration): Edit {
  const end = statement.moduleSpecifier.getStart(sourceFile);
  return { start: statement.getStart(sourceFile), end, text: `${typeImport(compiler)} {} from ` };
}

/** Removes some of an import's names, each with the comma that set it apart. */
function removeNames(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  clause: ts.ImportClause,
  unused: readonly ImportedName[],
  { emitsUnused }: ImportPolicy,
): Edit[] {
  const { name, namedBindings } = clause;
  const isGone = (node: ts.Node) => unused.some((each) => each.node === node);
  const edits: Edit[] = [];
  if (name !== undefined && isGone(name) && namedBindings !== undefined) {
    edits.push({ start: name.getStart(sourceFile), end: namedBindings.getStart(sourceFile), text: "" });
  }
  if (namedBindings === undefined) return edits;
  const elements = compiler.isNamedImports(namedBindings) ? namedBindings.elements : [];
  const allGone = compiler.isNamedImports(namedBindings) ? elements.every(isGone) : isGone(namedBindings);
  if (allGone && elements.length > 0 && emitsUnused) {
    return [...edits, { start: namedBindings.getStart(sourceFile), end: namedBindings.end, text: "{}" }];
  }
  if (allGone && name !== undefined) return [...edits, { start: name.end, end: namedBindings.end, text: "" }];
  return [...edits, ...removeElements(sourceFile, elements, isGone)];
}

/** A name goes with what follows it up to the next one that stays; the last ones go with what is before them. */
function removeElements(
  sourceFile: ts.SourceFile,
  elements: readonly ts.ImportSpecifier[],
  isGone: (node: ts.Node) => boolean,
): Edit[] {
  const edits: Edit[] = [];
  const lastKept = elements.findLastIndex((element) => !isGone(element));
  elements.forEach((element, index) => {
    if (!isGone(element)) return;
    const next = elements[index + 1];
    const previous = elements[index - 1];
    if (index < lastKept && next) {
      edits.push({ start: element.getStart(sourceFile), end: next.getStart(sourceFile), text: "" });
    } else if (previous) edits.push({ start: previous.end, end: element.end, text: "" });
  });
  return edits;
}

function wholeStatements(sourceFile: ts.SourceFile, removed: readonly Range[]): ts.Statement[] {
  return sourceFile.statements.filter((statement) =>
    removed.some(({ start, end }) => start <= statement.getStart(sourceFile) && statement.end <= end),
  );
}

function rangeOf(node: ts.Node, sourceFile: ts.SourceFile): Range {
  return { start: node.getStart(sourceFile), end: node.end };
}
