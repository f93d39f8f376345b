import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import bundled from "typescript";
import type ts from "typescript";
import { CodemodError } from "../codemod-error.js";
import type { FileChange } from "../write/file-change.js";
import { withOverlay } from "./overlay.js";

/** The compiler module: the application's own, or ours. */
export type Compiler = typeof ts;

/** An application as its own compiler sees it. */
export interface Application {
  /** The compiler: the application's own where it has one, since another version has other errors. */
  readonly ts: typeof ts;
  /** Where the compiler comes from, for the report. */
  readonly compiler: string;
  readonly tsconfig: string;
  readonly options: ts.CompilerOptions;
  /** The files that the tsconfig names, absolute. */
  readonly fileNames: readonly string[];
}

/**
 * Loads an application by its tsconfig.
 *
 * @param directory - the application's folder
 * @param tsconfig - path of the tsconfig, from `directory`; by default `tsconfig.json`
 * @param changes - changes that are not written yet: the application is read as if they were
 * @throws CodemodError where there is no such tsconfig, it is broken, or it compiles no file.
 */
export function loadApplication(
  directory: string,
  tsconfig = "tsconfig.json",
  changes: readonly FileChange[] = [],
): Application {
  const path = resolve(directory, tsconfig);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new CodemodError(
      `No ${tsconfig} in ${resolve(directory)}. Name it with --tsconfig, or the folder with --dir.`,
    );
  }
  const { compiler, ts: plain } = loadCompiler([dirname(path), resolve(directory)]);
  const own = withOverlay(plain, changes);
  const { config, error } = own.readConfigFile(path, own.sys.readFile);
  if (error !== undefined)
    throw new CodemodError(`${path}: ${own.flattenDiagnosticMessageText(error.messageText, " ")}`);
  const { options, fileNames, errors } = own.parseJsonConfigFileContent(
    config,
    own.sys,
    dirname(path),
    undefined,
    path,
  );
  const [fault] = errors.filter(({ category }) => category === own.DiagnosticCategory.Error);
  if (fault !== undefined)
    throw new CodemodError(`${path}: ${own.flattenDiagnosticMessageText(fault.messageText, " ")}`);
  if (fileNames.length === 0) throw new CodemodError(`${path} compiles no file.`);
  return { ts: own, compiler, tsconfig: path, options, fileNames };
}

/** The compiler that is found from the tsconfig's own folder, else from the application's, else ours. */
function loadCompiler(folders: readonly string[]): { ts: typeof ts; compiler: string } {
  for (const folder of folders) {
    const own = compilerIn(folder);
    if (own !== undefined) return { ts: own, compiler: `TypeScript ${own.version} of the application` };
  }
  return {
    ts: bundled,
    compiler: `TypeScript ${bundled.version} of this tool, since the application has none with a JS API`,
  };
}

function compilerIn(folder: string): typeof ts | undefined {
  try {
    const own: unknown = createRequire(join(folder, "package.json"))("typescript");
    return isCompiler(own) ? own : undefined;
  } catch {
    // There is none: another is used, and the report says so.
    return undefined;
  }
}

/** TypeScript 7 is a native compiler: its package has no such API. */
function isCompiler(module: unknown): module is typeof ts {
  return typeof module === "object" && module !== null && "createProgram" in module && "version" in module;
}
