/** A file as jscodeshift hands it to a transform. */
export interface SourceText {
  /** The file's path. Its extension says whether it is TSX. */
  readonly path: string;
  /** The file's text. */
  readonly source: string;
}
