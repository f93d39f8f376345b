/** Files' texts by absolute path. */
export type Texts = ReadonlyMap<string, string>;
