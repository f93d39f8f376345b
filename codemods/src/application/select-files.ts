import { relative, resolve } from "node:path";
import picomatch from "picomatch";
import type { Texts } from "../verify/compile.js";

/** Which files may change. */
export interface FileSelection {
  readonly directory: string;
  /** Globs, from `directory`. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** The texts of the files that a selection takes in; a folder stands for all that is in it. */
export function selectFiles(texts: Texts, { directory, include = [], exclude = [] }: FileSelection): Texts {
  if (include.length === 0 && exclude.length === 0) return texts;
  const isIncluded = include.length === 0 ? () => true : picomatch(include.flatMap(withContent), { dot: true });
  const isExcluded = exclude.length === 0 ? () => false : picomatch(exclude.flatMap(withContent), { dot: true });
  return new Map(
    [...texts].filter(([file]) => {
      const path = relative(resolve(directory), file).replaceAll("\\", "/");
      return isIncluded(path) && !isExcluded(path);
    }),
  );
}

function withContent(glob: string): string[] {
  const path = glob.replace(/^\.\//, "").replace(/\/$/, "");
  return [path, `${path}/**`];
}
