import type { Texts } from "../verify/compile.js";
import { ignoredFiles } from "./git.js";

/** The texts of the files that git does not ignore. */
export function withoutIgnored(folder: string, texts: Texts): Texts {
  const ignored = ignoredFiles(folder, [...texts.keys()]);
  return new Map([...texts].filter(([file]) => !ignored.has(file)));
}
