import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { API, Diagnostic, Program } from "typescript-native/unstable/sync";
import type { Application } from "../application/load.js";
import { CodemodError } from "../codemod-error.js";
import type { CompilerError } from "./compiler-error.js";
import { emitsDeclarations } from "./emits-declarations.js";
import type { Engine } from "./engine.js";
import type { NativeCompiler } from "./native-compiler.js";
import type { Texts } from "./texts.js";

/** The errors that the native compiler finds: those of TypeScript 6, in a fraction of the time. It starts when it is first asked. */
export function createNativeEngine(application: Application, native: NativeCompiler): Engine {
  let server: NativeServer | undefined;
  return {
    name: "native",
    errors: (edited, files) => (server ??= startServer(application, native)).errors(edited, files),
    close: () => {
      server?.close();
      server = undefined;
    },
  };
}

type NativeServer = Pick<Engine, "errors" | "close">;

function startServer({ tsconfig, fileNames, options }: Application, native: NativeCompiler): NativeServer {
  const folder = forwardSlashes(dirname(tsconfig));
  const withDeclarations = emitsDeclarations(options);
  /** A tsconfig that is nowhere on disk: the application's, with every file by its name, so that one can be added. */
  const config = `${folder}/.typed-session.${basename(tsconfig)}`;
  const configWith = (added: readonly string[]) => configText(tsconfig, [...fileNames, ...added], withDeclarations);
  const overlay = new Map([[config, configWith([])]]);
  const api = native.start(folder, {
    readFile: (path) => overlay.get(path),
    fileExists: (path) => (overlay.has(path) ? true : undefined),
  });
  let snapshot = api.updateSnapshot({ openProjects: [config] });
  if (!native.isOwn) refuseUnknownOptions(programOf(), native, api);

  return {
    errors: ({ texts, added }, files) => {
      update(new Map([...texts, [config, configWith(added)]]));
      const diagnostics = diagnosticsOf(programOf(), withDeclarations, files);
      return diagnostics.map((each) => toError(each, config));
    },
    close: () => api.close(),
  };

  function programOf(): Program {
    const project = snapshot.getProject(config);
    if (project === undefined) throw new CodemodError(`TypeScript ${native.version} does not open ${tsconfig}.`);
    return project.program;
  }

  function update(texts: Texts): void {
    const gone = [...overlay.keys()].filter((path) => !texts.has(path));
    const written = [...texts].filter(([path, text]) => overlay.get(path) !== text).map(([path]) => path);
    if (gone.length === 0 && written.length === 0) return;
    const isNew = (path: string) => !overlay.has(path) && !existsSync(path);
    const fileChanges = {
      created: written.filter(isNew),
      changed: [...written.filter((path) => !isNew(path)), ...gone.filter((path) => existsSync(path))],
      deleted: gone.filter((path) => !existsSync(path)),
    };
    for (const path of gone) overlay.delete(path);
    for (const path of written) overlay.set(path, texts.get(path) ?? "");
    snapshot.dispose();
    snapshot = api.updateSnapshot({ fileChanges });
  }
}

function configText(tsconfig: string, files: readonly string[], declaration: boolean): string {
  const compilerOptions = { noEmit: true, incremental: false, composite: false, declaration };
  return JSON.stringify({ extends: forwardSlashes(tsconfig), compilerOptions, files, include: [], exclude: [] });
}

/** It knows fewer options than the compilers before it: what it makes of the others is not this application. */
function refuseUnknownOptions(program: Program, { version }: NativeCompiler, api: API): void {
  const [fault] = [...program.getConfigFileParsingDiagnostics(), ...program.getProgramDiagnostics()];
  if (fault === undefined) return;
  api.close();
  throw new CodemodError(
    `TypeScript ${version} can't compile this application: TS${fault.code}: ${messageOf(fault)} Leave --engine native out.`,
  );
}

function diagnosticsOf(
  program: Program,
  withDeclarations: boolean,
  files: readonly string[] | undefined,
): readonly Diagnostic[] {
  const ofFile = (file?: string) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getBindDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
    ...(withDeclarations ? program.getDeclarationDiagnostics(file) : []),
  ];
  if (files !== undefined) return files.filter((file) => isIn(program, file)).flatMap(ofFile);
  return [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getProgramDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ofFile(),
  ];
}

function isIn(program: Program, file: string): boolean {
  return program.getSourceFileMetadata(file) !== undefined;
}

function toError(diagnostic: Diagnostic, config: string): CompilerError {
  const { fileName, pos, end, code } = diagnostic;
  const file = fileName === config ? undefined : fileName;
  return { file, start: pos, length: end - pos, code, message: messageOf(diagnostic) };
}

function messageOf({ text, messageChain = [] }: Diagnostic, indent = ""): string {
  return [text, ...messageChain.map((each) => `${indent}  ${messageOf(each, `${indent}  `)}`)].join("\n");
}

function forwardSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}
