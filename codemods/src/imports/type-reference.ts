/** A type that a package exports. */
export interface TypeReference {
  readonly name: string;
  readonly from: string;
}
