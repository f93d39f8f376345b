import { fileURLToPath } from "node:url";
import ts from "typescript";
import { toContract, withoutAugmentations } from "./contract.js";
import { compileFiles } from "./compile-files.js";
import type { Api } from "./roll-up.js";

/**
 * What users do with a type. Unless it is said here, both: they read what they get, and make what they give. A type that
 * they only get may gain members; one that they only give may gain optional ones, and accept more.
 */
const onlyRead = /: Session(?:Connection|Variables)$|^(?!index|v3).*: (?:Request|FastifyRequest|Context)$/;
const isOnlyRead = (label: string) => onlyRead.test(label);
const isOnlyGiven = (label: string) => label.endsWith("Options");

/**
 * Types that TypeScript can't relate to a copy of themselves while their parameters are open: they filter the keys of one.
 * They are compared as they are by default.
 */
const comparedByDefault = ["koa: Context", "koa: requireSession", "koa-session: requireSession"];

/** Nor these with closed ones, for they are generic functions that have a condition on their own parameters. */
const onlyCounted = ["nest: Session", "nest: TypedParameter"];

/** Below the root, so that the declarations find the packages that they name. Nothing is written there. */
const folder = fileURLToPath(new URL("../.vitest/compatibility/", import.meta.url));

/**
 * Holds the types of now against earlier ones. The checks stand in the earlier declarations themselves, where the names
 * that their type parameters' constraints use are known.
 *
 * @returns what no longer holds, as `entry: export: what the compiler says`; an entry that is gone as `entry: …`.
 */
export function findBreaks(earlier: Api, now: Api): string[] {
  const files = new Map<string, string>();
  for (const [name, text] of now) files.set(`${folder}now/${name}`, toContract(text));
  for (const [name, text] of earlier) {
    files.set(`${folder}earlier/${name.replace(".d.ts", ".ts")}`, toContract(withoutAugmentations(text)));
  }
  const checks = writeChecks(compileFiles(files));
  for (const [name, lines] of checks) files.set(name, [files.get(name), ...lines].join("\n"));
  const program = compileFiles(files);
  return [...checks.keys()].flatMap((name) =>
    program.getSemanticDiagnostics(program.getSourceFile(name)).map(describe),
  );
}

/** How the compiler tells types of one name apart: by their files. */
const qualifier = /import\("[^"]*\/(now|earlier)\/[^"]*"(?:, \{ with: \{[^}]*\} \})?\)\./g;

/** Each check ends its line with a comment that names what it checks. */
function describe({ file, start = 0, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n").replaceAll(qualifier, "$1.");
  const line = file?.text.slice(start).split("\n", 1)[0] ?? "";
  return `${/\/\/ (.*)$/.exec(line)?.[1] ?? file?.fileName}: ${message}`;
}

/** The lines that check the exports of the earlier entries, by the file that they belong into. */
function writeChecks(program: ts.Program): Map<string, string[]> {
  const checker = program.getTypeChecker();
  const checks = new Map<string, string[]>();
  for (const file of program.getSourceFiles().filter(({ fileName }) => isEntry(fileName))) {
    const entry = file.fileName.slice(`${folder}earlier/`.length, -".ts".length);
    const module = checker.getSymbolAtLocation(file);
    for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const [declaration] = declared.declarations ?? [];
      if (declaration === undefined) throw new Error(`${entry}: ${symbol.name} has no declaration.`);
      const { fileName } = declaration.getSourceFile();
      const namespace = `now_${entry.replaceAll("-", "_")}`;
      const lines = checks.get(fileName) ?? [];
      const importLine = `import * as ${namespace} from "../now/${entry}.js"; // ${entry}`;
      if (!lines.includes(importLine)) lines.push(importLine);
      const label = `${entry}: ${symbol.name}`;
      lines.push(...checksOf(declaration, `${namespace}.${symbol.name}`, label).map((check) => `${check} // ${label}`));
      checks.set(fileName, lines);
    }
  }
  return checks;
}

function isEntry(fileName: string): boolean {
  return fileName.startsWith(`${folder}earlier/`) && !fileName.endsWith("/shared.ts");
}

type Generic = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
type Value = ts.FunctionDeclaration | ts.VariableDeclaration;

function checksOf(declaration: ts.Declaration, now: string, label: string): string[] {
  if (ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration)) {
    return valueChecks(declaration, now, label);
  }
  if (ts.isClassDeclaration(declaration)) {
    return [...typeChecks(declaration, now, label), ...classChecks(declaration, now)];
  }
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) {
    return typeChecks(declaration, now, label);
  }
  throw new Error(`${label} is a ${ts.SyntaxKind[declaration.kind]}: say here how it is compared.`);
}

/** Every number of type arguments that was valid is, and means the same. */
function typeChecks(declaration: Generic, now: string, label: string): string[] {
  const own = declaration.name?.text ?? "";
  const parameters = typeParameters(declaration);
  return aritiesOf(parameters).flatMap((arity) => {
    const given = parameters.slice(0, arity);
    if (onlyCounted.includes(label)) return [`void (0 as unknown as ${now}${list(given.map(() => "any"))});`];
    const isClosed = comparedByDefault.includes(label);
    const head = isClosed ? "" : list(given.map(({ text }) => text));
    const type = list(given.map(({ name, sample }) => (isClosed ? sample : name)));
    const read = `void (${head}(value: ${now}${type}): ${own}${type} => value);`;
    const give = `void (${head}(value: ${own}${type}): ${now}${type} => value);`;
    return [...(isOnlyGiven(label) ? [] : [read]), ...(isOnlyRead(label) ? [] : [give])];
  });
}

/** What is exported now can stand in the place of what was, with every number of type arguments that was valid. */
function valueChecks(declaration: Value, now: string, label: string): string[] {
  const parameters = ts.isFunctionDeclaration(declaration) ? typeParameters(declaration) : [];
  const arities = aritiesOf(parameters).map((arity) => list(parameters.slice(0, arity).map(() => "any")));
  const counted = arities.map((type) => `void (0 as unknown as typeof ${now}${type});`);
  if (onlyCounted.includes(label)) return counted;
  const type = comparedByDefault.includes(label) ? list(parameters.map(({ sample }) => sample)) : "";
  return [...counted, `void ((value: typeof ${now}${type}): typeof ${declaration.name?.getText()}${type} => value);`];
}

/** A class can be extended, be made from what its constructor took, and has what was static. */
function classChecks(declaration: ts.ClassDeclaration, now: string): string[] {
  const parameters = typeParameters(declaration);
  const head = list(parameters.map(({ text }) => text));
  const type = list(parameters.map(({ name }) => name));
  const fixed = `void ((value: typeof ${now}): Omit<typeof ${declaration.name?.text}, "prototype"> => value);`;
  const extended = `void (${head}() => { abstract class Own extends ${now}${type} {} return Own; });`;
  const constructor = declaration.members.find(ts.isConstructorDeclaration);
  if (constructor === undefined || isAbstract(declaration)) return [fixed, extended];
  const taken = constructor.parameters.map((parameter) => onOneLine(parameter)).join(", ");
  const passed = constructor.parameters.map(
    ({ name, dotDotDotToken }) => (dotDotDotToken ? "..." : "") + name.getText(),
  );
  return [fixed, extended, `void (${head}(${taken}) => new ${now}${type}(${passed.join(", ")}));`];
}

function isAbstract(declaration: ts.ClassDeclaration): boolean {
  return declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
}

interface TypeParameter {
  readonly name: string;
  /** Without its default and its variance. */
  readonly text: string;
  /** An argument for it. */
  readonly sample: string;
  readonly isOptional: boolean;
}

function typeParameters(declaration: Generic | ts.FunctionDeclaration): TypeParameter[] {
  return (declaration.typeParameters ?? []).map(({ name, constraint, default: byDefault }) => ({
    name: name.text,
    text: constraint === undefined ? name.text : `${name.text} extends ${onOneLine(constraint)}`,
    sample: onOneLine(byDefault ?? constraint) || "unknown",
    isOptional: byDefault !== undefined,
  }));
}

function aritiesOf(parameters: readonly TypeParameter[]): number[] {
  const required = parameters.filter(({ isOptional }) => !isOptional).length;
  return Array.from({ length: parameters.length - required + 1 }, (_, index) => required + index);
}

/** Between angle brackets, where there is anything. */
function list(parameters: readonly string[]): string {
  return parameters.length === 0 ? "" : `<${parameters.join(", ")}>`;
}

function onOneLine(node: ts.Node | undefined): string {
  return node?.getText().replace(/\s+/g, " ") ?? "";
}
