/** A file that changes, or is new. */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  /** The text that is there now; `undefined` for a new file. */
  readonly before: string | undefined;
  /** The text that is to be there. */
  readonly after: string;
}
