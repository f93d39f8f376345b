import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type ts from "typescript";
import { CodemodError } from "../codemod-error.js";
import type { ReplacedPackage } from "../types-package/replaced-package.js";
import { bundledCompiler, isCompiler } from "./bundled-compiler.js";

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
  /** A package that is compiled as if another version were installed. */
  readonly replaced?: ReplacedPackage;
}

/** A tsconfig, read with the compiler that its folder has. It may compile nothing: a base, or a list of references. */
export interface Tsconfig {
  readonly ts: typeof ts;
  readonly compiler: string;
  /** Absolute. */
  readonly path: string;
  readonly folder: string;
  readonly options: ts.CompilerOptions;
  readonly fileNames: readonly string[];
  /** The tsconfigs of the projects that it refers to, absolute. */
  readonly references: readonly string[];
  /** Whether it says itself what it compiles, and does not just take in all that is in its folder. */
  readonly namesFiles: boolean;
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
    throw new CodemodError(`No ${tsconfig} in ${resolve(directory)}. Name the tsconfig, or another folder.`);
  }
  return applicationOf(readTsconfig(path));
}

/** @throws CodemodError where the tsconfig compiles no file. */
export function applicationOf({ ts: own, compiler, path, options, fileNames }: Tsconfig): Application {
  if (fileNames.length === 0) throw new CodemodError(`${path} compiles no file.`);
  return { ts: own, compiler, tsconfig: path, options, fileNames };
}

/** @throws CodemodError where the tsconfig is broken. */
export function readTsconfig(path: string): Tsconfig {
  const { compiler, ts: own } = loadCompiler(dirname(path));
  const { config, error } = own.readConfigFile(path, own.sys.readFile);
  if (error !== undefined) throw faultIn(own, path, error);
  const parsed = own.parseJsonConfigFileContent(config, own.sys, dirname(path), undefined, path);
  const fault = parsed.errors.find(
    ({ category, code }) => category === own.DiagnosticCategory.Error && !saysNoInputs.has(code),
  );
  if (fault !== undefined) throw faultIn(own, path, fault);
  const { files, include }: Record<string, unknown> = Object(config);
  return {
    ts: own,
    compiler,
    path,
    folder: dirname(path),
    options: parsed.options,
    fileNames: parsed.fileNames,
    references: (parsed.projectReferences ?? []).map((each) => resolve(own.resolveProjectReferencePath(each))),
    namesFiles: files !== undefined || include !== undefined,
  };
}

/** The files are counted all the same: for some readers of a tsconfig, it is no fault to have none. */
const saysNoInputs: ReadonlySet<number> = new Set([18002, 18003]);

function faultIn(own: typeof ts, path: string, { messageText }: Pick<ts.Diagnostic, "messageText">): CodemodError {
  return new CodemodError(`${path}: ${own.flattenDiagnosticMessageText(messageText, " ")}`);
}

function loadCompiler(directory: string): { ts: typeof ts; compiler: string } {
  const require = createRequire(join(resolve(directory), "package.json"));
  try {
    const own: unknown = require("typescript");
    if (isCompiler(own)) return { ts: own, compiler: `TypeScript ${own.version} of the application` };
  } catch {
    // The application has no compiler of its own: ours is used, and the report says so.
  }
  const bundled = bundledCompiler();
  return {
    ts: bundled,
    compiler: `TypeScript ${bundled.version} of this tool, since the application has none with a JS API`,
  };
}
