/** A file that changes, or is new. */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  /** `undefined` for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}
