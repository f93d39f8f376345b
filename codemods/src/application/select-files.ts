import { relative, resolve } from "node:path";
import picomatch from "picomatch";

/** Which files may change. */
export interface FileSelection {
  readonly directory: string;
  /** Globs, from `directory`. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Says of a file whether a selection takes it in; a folder stands for all that is in it. */
export function fileSelector({ directory, include = [], exclude = [] }: FileSelection): (file: string) => boolean {
  const isIncluded = include.length === 0 ? () => true : picomatch(include.flatMap(withContent), { dot: true });
  const isExcluded = exclude.length === 0 ? () => false : picomatch(exclude.flatMap(withContent), { dot: true });
  return (file) => {
    const path = relative(resolve(directory), file).replaceAll("\\", "/");
    return isIncluded(path) && !isExcluded(path);
  };
}

function withContent(glob: string): string[] {
  const path = glob.replace(/^\.\//, "").replace(/\/$/, "");
  return [path, `${path}/**`];
}
