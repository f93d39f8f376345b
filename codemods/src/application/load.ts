import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import bundled from "typescript";
import type ts from "typescript";
import { CodemodError } from "../codemod-error.js";

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
 * @throws CodemodError where there is no such tsconfig, it is broken, or it compiles no file.
 */
export function loadApplication(directory: string, tsconfig = "tsconfig.json"): Application {
  const path = resolve(directory, tsconfig);
  if (!existsSync(path)) {
    throw new CodemodError(
      `No ${tsconfig} in ${resolve(directory)}. Name it with --tsconfig, or the folder with --dir.`,
    );
  }
  const { compiler, ts: own } = loadCompiler(directory);
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

function loadCompiler(directory: string): { ts: typeof ts; compiler: string } {
  const require = createRequire(join(resolve(directory), "package.json"));
  try {
    const own: unknown = require("typescript");
    if (isCompiler(own)) return { ts: own, compiler: `TypeScript ${own.version} of the application` };
  } catch {
    // The application has no compiler of its own: ours is used, and the report says so.
  }
  return {
    ts: bundled,
    compiler: `TypeScript ${bundled.version} of this tool, since the application has none with a JS API`,
  };
}

/** TypeScript 7 is a native compiler: its package has no such API. */
function isCompiler(module: unknown): module is typeof ts {
  return typeof module === "object" && module !== null && "createProgram" in module && "version" in module;
}
