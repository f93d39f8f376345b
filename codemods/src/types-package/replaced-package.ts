/** A package that is compiled with other files than it has on disk. */
export interface ReplacedPackage {
  /** Where it is installed: the path in `node_modules`, and the one that a link there leads to. */
  readonly folders: readonly string[];
  /** All its files' texts, by their paths in it. */
  readonly files: ReadonlyMap<string, string>;
}

/** The path inside a replaced package; `undefined` for a file elsewhere. */
export function pathIn({ folders }: ReplacedPackage, file: string): string | undefined {
  const folder = folders.find((each) => file.startsWith(`${each}/`));
  return folder === undefined ? undefined : file.slice(folder.length + 1);
}
