/** A file as jscodeshift hands it to a transform. */
export interface SourceText {
  readonly path: string;
  readonly source: string;
}
