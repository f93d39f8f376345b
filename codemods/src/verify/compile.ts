import type ts from "typescript";
import type { Application } from "../application/load.js";
import { createTakesIn } from "../session-file/takes-in.js";
import { pathIn } from "../types-package/replaced-package.js";
import { emitsAlone, hostAlone, optionsAlone } from "./alone.js";
import type { CompilerError } from "./compiler-error.js";
import { emit, emitDeclarations, emitsUnchecked, emittingOptions } from "./emit.js";
import type { Engine } from "./engine.js";
import { createJsEngine } from "./js-engine.js";
import { packageFilesFor } from "./package-files.js";
import type { Texts } from "./texts.js";

export type { Texts } from "./texts.js";

/** The application compiled, with some files' texts in the place of those on disk. Nothing is written. */
export interface Compilation {
  /** All errors of the program, or of some of its files. */
  errors(files?: readonly string[]): CompilerError[];
  /** The JavaScript of a file, without comments; by path of the emitted file. */
  emit(file: string): ReadonlyMap<string, string>;
  /**
   * Some files without the rest of the program, which takes a fraction of the time. What is the same there before and after
   * is the same in the program, too. `undefined` where that is not so, or the files are emitted quickly as it is.
   */
  alone(files: readonly string[]): Pick<Compilation, "emit"> | undefined;
  /** The declarations of a file, without comments; `undefined` where the application's options ask for none. */
  declarations(file: string): string | undefined;
  /** The files that are the application's own and emit something: neither declarations nor from `node_modules`. */
  readonly ownFiles: readonly string[];
  /** The application's own `.d.ts` files. */
  readonly ownDeclarations: readonly string[];
  readonly program: ts.Program;
}

/**
 * Makes compilations of one application that share all that did not change between them.
 *
 * @param takesIn - whether a new file is compiled although nobody imports it; by default, what the tsconfig says
 * @param engine - what checks for errors; by default, the compiler that gives the types, too
 */
export function createCompiler(
  application: Application,
  takesIn: (file: string) => boolean = createTakesIn(application),
  engine: Engine = createJsEngine(application),
): (texts: Texts) => Compilation {
  const { ts: own, fileNames } = application;
  const isUnchecked = engine.name === "native" && emitsUnchecked(application);
  const options = emittingOptions(application.options, isUnchecked);
  const parsed: ParsedFiles = { onDisk: new Map(), edited: new Map() };
  let previous: ts.Program | undefined;
  /** The last compilations: what was checked of them need not be checked again. */
  const latest: { readonly texts: Texts; readonly compilation: Compilation }[] = [];

  return (texts) => {
    const known = latest.find((each) => isSame(each.texts, texts));
    if (known !== undefined) return known.compilation;
    const compilation = compile(texts);
    latest.unshift({ texts, compilation });
    latest.splice(mostKept);
    return compilation;
  };

  function compile(texts: Texts): Compilation {
    const added = [...texts.keys()].filter((name) => !own.sys.fileExists(name) && takesIn(name));
    const program = once(() => createProgram(texts, added));
    const ownSources = once(() => sourcesOf(program()));
    const emitted = new Map<string, ReadonlyMap<string, string>>();
    return {
      errors: (files) => engine.errors({ texts, added, program }, files),
      emit: (file) => {
        const known = emitted.get(file) ?? emit(program(), file);
        emitted.set(file, known);
        return known;
      },
      alone: (files) => (isUnchecked && emitsAlone(own, program()) ? compileAlone(program(), texts, files) : undefined),
      declarations: (file) => (options.declaration === true ? emitDeclarations(program(), file) : undefined),
      get ownFiles() {
        return ownSources().emitting;
      },
      get ownDeclarations() {
        return ownSources().declarations;
      },
      get program() {
        return program();
      },
    };
  }

  function createProgram(texts: Texts, added: readonly string[]): ts.Program {
    const program = own.createProgram({
      rootNames: [...fileNames, ...added],
      options,
      host: createHost(application, options, texts, parsed),
      ...(previous === undefined ? {} : { oldProgram: previous }),
    });
    previous = program;
    return program;
  }

  /** The files are those of the program, parsed already. */
  function compileAlone(program: ts.Program, texts: Texts, files: readonly string[]): Pick<Compilation, "emit"> {
    const apart = own.createProgram({
      rootNames: files.filter((file) => program.getSourceFile(file) !== undefined),
      options: optionsAlone(options),
      host: hostAlone(createHost(application, options, texts, parsed)),
    });
    return { emit: (file) => emit(apart, file) };
  }
}

/** An engine may need no program of ours: it is made once it is asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function sourcesOf(program: ts.Program): Record<"emitting" | "declarations", readonly string[]> {
  const files = program.getSourceFiles().filter((file) => isOwn(program, file));
  const names = (declarations: boolean) =>
    files.filter((file) => file.isDeclarationFile === declarations).map(({ fileName }) => fileName);
  return { emitting: names(false), declarations: names(true) };
}

/** How many compilations are kept beside the first: each holds the types of the whole program. */
const mostKept = 2;

function isSame(a: Texts, b: Texts): boolean {
  return a.size === b.size && [...a].every(([name, text]) => b.get(name) === text);
}

function isOwn(program: ts.Program, file: ts.SourceFile): boolean {
  if (program.isSourceFileFromExternalLibrary(file) || program.isSourceFileDefaultLibrary(file)) return false;
  return !file.fileName.includes("/node_modules/");
}

interface ParsedFiles {
  readonly onDisk: Map<string, ts.SourceFile | undefined>;
  readonly edited: Map<string, ts.SourceFile>;
}

function createHost(
  { ts: own, replaced }: Application,
  options: ts.CompilerOptions,
  texts: Texts,
  { onDisk, edited }: ParsedFiles,
): ts.CompilerHost {
  const host = own.createCompilerHost(options);
  const { readFile, getSourceFile, fileExists } = host;
  const inReplaced = (name: string) => replaced && pathIn(replaced, name);
  const textOf = (name: string) => texts.get(name) ?? replaced?.files.get(inReplaced(name) ?? "");
  const isOnDisk = (name: string) => inReplaced(name) === undefined;
  const readPackageFile = packageFilesFor(own, options);
  host.fileExists = (name) => textOf(name) !== undefined || (isOnDisk(name) && fileExists.call(host, name));
  host.readFile = (name) => textOf(name) ?? (isOnDisk(name) ? readFile.call(host, name) : undefined);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const text = textOf(name);
    if (text === undefined && !isOnDisk(name)) return undefined;
    if (text === undefined) {
      const parse = (how = languageVersion) => getSourceFile.call(host, name, how, ...rest);
      const parseQuickly = () => parse(withoutComments(own, languageVersion));
      const isPackageFile = name.includes("/node_modules/");
      const read = () => (isPackageFile ? readPackageFile(name, languageVersion, parseQuickly) : parse());
      if (!onDisk.has(name)) onDisk.set(name, read());
      return onDisk.get(name);
    }
    const known = edited.get(name);
    if (known?.text === text) return known;
    const file = own.createSourceFile(name, text, languageVersion);
    edited.set(name, file);
    return file;
  };
  return host;
}

/** As `tsc` reads files: without the comments that no error depends on. Before 5.3, all are read. */
function withoutComments(
  { JSDocParsingMode: mode }: Partial<typeof ts>,
  how: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.ScriptTarget | ts.CreateSourceFileOptions {
  return mode === undefined || typeof how !== "object" ? how : { ...how, jsDocParsingMode: mode.ParseForTypeErrors };
}
