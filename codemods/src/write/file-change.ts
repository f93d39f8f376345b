/** A file that changes. */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}
