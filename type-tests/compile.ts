import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import { loadCompiler, type Compiler } from "./compilers.js";
import { modes, readIn, type Mode } from "./modes.js";

/** A change of one of the built declaration files, seen by the compiler only. */
export interface Mutation {
  /** The file's path below `dist/esm`. */
  readonly file: string;
  readonly replace: (text: string) => string;
}

export interface CompileOptions {
  /** Default: the project's own. */
  readonly compiler?: Compiler;
  /** Default: as the program says. In a mode, no declaration is skipped. */
  readonly mode?: Mode;
  /** Whose files are checked: the program's and ours, or all. Default: as `skipLibCheck` says. */
  readonly check?: "ours" | "all";
  /** Files of the program that are left out, by name. */
  readonly without?: readonly string[];
  readonly mutation?: Mutation;
  /**
   * `"released"`: the program's files as they were at the last release. What was an error then may be none now; what was
   * right has to be.
   */
  readonly as?: "released";
}

/**
 * Compiles a program of this folder against the built package.
 *
 * @returns its errors, as `file:line: message`; `undefined` where the mutation changed nothing that was compiled.
 */
export function compile(tsconfig: string, options: CompileOptions = {}): string[] | undefined {
  const ts = loadCompiler(options.compiler ?? "6.0");
  const { settings, rootNames } = readProgram(ts, tsconfig, options);
  const { edits, isMutated } = editsOf(rootNames, options);
  const program = ts.createProgram({ rootNames, options: settings, host: createHost(ts, settings, edits) });
  const checksAll = (options.check ?? (settings.skipLibCheck === false ? "all" : "ours")) === "all";
  const diagnostics = program
    .getSourceFiles()
    .filter(({ fileName }) => checksAll || rootNames.includes(fileName) || isPackage(fileName))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
  const errors = [...program.getOptionsDiagnostics(), ...diagnostics].map((each) => format(ts, each));
  return isMutated() ? errors : undefined;
}

interface Program {
  readonly settings: ts.CompilerOptions;
  readonly rootNames: readonly string[];
}

/** The files of a program, and its settings in a mode. */
export function readProgram(compiler: typeof ts, tsconfig: string, given: CompileOptions): Program {
  const { mode, without = [], as } = given;
  const path = fileURLToPath(new URL(as === "released" ? `previous/programs/${tsconfig}` : tsconfig, import.meta.url));
  const { config } = compiler.readConfigFile(path, compiler.sys.readFile);
  const { options, fileNames } = compiler.parseJsonConfigFileContent(config, compiler.sys, dirname(path));
  const settings = mode === undefined ? options : { ...options, ...modes[mode], skipLibCheck: false };
  return { settings, rootNames: fileNames.filter((name) => !without.includes(basename(name))) };
}

type Edits = ReadonlyMap<string, (text: string) => string>;

function editsOf(rootNames: readonly string[], { mode = "strict", mutation, as }: CompileOptions) {
  const edits = new Map<string, (text: string) => string>();
  if (mode === "loose") for (const name of rootNames) edits.set(name, (text) => readIn(mode, text));
  if (as === "released")
    for (const name of rootNames) edits.set(name, (text) => text.replaceAll("@ts-expect-error", "@ts-ignore"));
  if (mutation === undefined) return { edits, isMutated: () => true };
  let isChanged = false;
  edits.set(fileURLToPath(new URL(`../dist/esm/${mutation.file}`, import.meta.url)), (text) => {
    const result = mutation.replace(text);
    isChanged ||= result !== text;
    return result;
  });
  return { edits, isMutated: () => isChanged };
}

const parsed = new Map<string, ts.SourceFile | undefined>();

/** Reads edited files in their edited form. The programs share nearly all of the others: those are parsed once. */
function createHost(compiler: typeof ts, settings: ts.CompilerOptions, edits: Edits): ts.CompilerHost {
  const host = compiler.createCompilerHost(settings);
  const { readFile, getSourceFile } = host;
  host.readFile = (name) => {
    const text = readFile.call(host, name);
    return text === undefined ? undefined : (edits.get(name)?.(text) ?? text);
  };
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const parse = () => getSourceFile.call(host, name, languageVersion, ...rest);
    if (edits.has(name)) return parse();
    const moduleFormat = typeof languageVersion === "object" ? languageVersion.impliedNodeFormat : undefined;
    const key = `${compiler.version} ${name} ${moduleFormat}`;
    if (!parsed.has(key)) parsed.set(key, parse());
    return parsed.get(key);
  };
  return host;
}

function isPackage(fileName: string): boolean {
  return fileName.startsWith(fileURLToPath(new URL("../dist/", import.meta.url)));
}

function format(compiler: typeof ts, { file, start = 0, messageText }: ts.Diagnostic): string {
  const message = compiler.flattenDiagnosticMessageText(messageText, "\n");
  if (file === undefined) return message;
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}: ${message}`;
}
