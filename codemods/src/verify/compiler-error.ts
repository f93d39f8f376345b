/** An error of the application's compiler. */
export interface CompilerError {
  /** The file's absolute path; `undefined` for an error of the configuration. */
  readonly file: string | undefined;
  /** Offset into the text that was compiled, in UTF-16 code units. */
  readonly start: number;
  /** How long what it speaks of is, in UTF-16 code units; 0 where that is not known. */
  readonly length: number;
  /** The number behind `TS`. */
  readonly code: number;
  /** The first line says what is wrong, the lines below it why. */
  readonly message: string;
}
