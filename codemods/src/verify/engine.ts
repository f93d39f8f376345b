import type ts from "typescript";
import type { CompilerError } from "./compiler-error.js";
import type { Texts } from "./texts.js";

/** What checks for errors: a compiler with a JS API, or the native one, TypeScript 7. */
export type EngineName = "js" | "native";

/** The names of the engines. */
export const engineNames: readonly EngineName[] = ["js", "native"];

/** An application as it would be. */
export interface Edited {
  /** What stands in the place of the files on disk, or beside them. */
  readonly texts: Texts;
  /** Those of the files that are not on disk, and are compiled although nobody imports them. */
  readonly added: readonly string[];
  /** The same, as a program of the compiler with a JS API. */
  readonly program: () => ts.Program;
}

/** What checks an application for errors. Types and emitted JavaScript always come from a compiler with a JS API. */
export interface Engine {
  readonly name: EngineName;
  /**
   * All errors, or those of some files.
   *
   * @throws CodemodError where the engine can't compile the application.
   */
  errors(edited: Edited, files?: readonly string[]): CompilerError[];
  /** Lets go of what the engine holds outside this process. */
  close(): void;
}
