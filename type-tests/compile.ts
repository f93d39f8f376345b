import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A change of one of the built declaration files, seen by the compiler only. */
export interface Mutation {
  /** The file's path below `dist/esm`. */
  readonly file: string;
  readonly replace: (text: string) => string;
}

/**
 * Compiles a program of this folder against the built package: the program's own files and the package's declarations;
 * those of all packages where the program says `"skipLibCheck": false`.
 *
 * @returns its errors, as `file:line: message`; `undefined` where the mutation changed nothing that was compiled.
 */
export function compile(tsconfig: string, mutation?: Mutation): string[] | undefined {
  const path = fileURLToPath(new URL(tsconfig, import.meta.url));
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
  const host = withParsedFiles(ts.createCompilerHost(options));
  const isMutated = mutation === undefined ? () => true : mutate(host, mutation);
  const program = ts.createProgram({ rootNames: fileNames, options, host });
  const isChecked = (fileName: string) =>
    options.skipLibCheck === false || fileNames.includes(fileName) || isPackage(fileName);
  const checked = program.getSourceFiles().filter(({ fileName }) => isChecked(fileName));
  const diagnostics = checked.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  const errors = [...program.getOptionsDiagnostics(), ...diagnostics].map(format);
  return isMutated() ? errors.filter((error) => !theirs.test(error)) : undefined;
}

/**
 * Errors of other packages, with ours or without it: types that they share under one name with another version.
 * `@types/koa` finds those of Express's content-disposition, iron-session those of a newer cookie.
 */
const theirs = /@types\/koa\/index\.d\.ts:\d+: .*content-disposition|iron-session\/dist\/index\.d\.ts:\d+: '"cookie"'/;

function isPackage(fileName: string): boolean {
  return fileName.startsWith(fileURLToPath(new URL("../dist/", import.meta.url)));
}

const parsed = new Map<string, ts.SourceFile | undefined>();

/** The programs share nearly all of their files: those are parsed once. */
function withParsedFiles(host: ts.CompilerHost): ts.CompilerHost {
  const { getSourceFile } = host;
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const format = typeof languageVersion === "object" ? languageVersion.impliedNodeFormat : undefined;
    const key = `${name} ${format}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile.call(host, name, languageVersion, ...rest));
    return parsed.get(key);
  };
  return host;
}

function mutate(host: ts.CompilerHost, { file, replace }: Mutation): () => boolean {
  const mutated = fileURLToPath(new URL(`../dist/esm/${file}`, import.meta.url));
  const { readFile } = host;
  let isChanged = false;
  host.readFile = (name) => {
    const text = readFile.call(host, name);
    if (text === undefined || name !== mutated) return text;
    const result = replace(text);
    isChanged ||= result !== text;
    return result;
  };
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => {
    if (name !== mutated) return getSourceFile.call(host, name, ...rest);
    return ts.createSourceFile(name, host.readFile(name) ?? "", rest[0], true);
  };
  return () => isChanged;
}

function format({ file, start = 0, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (file === undefined) return message;
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}: ${message}`;
}
