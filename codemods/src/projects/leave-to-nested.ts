import { relative } from "node:path";
import type { Tsconfig } from "../application/load.js";

/** A tsconfig with the folders that it leaves to others. */
export interface ProjectTsconfig extends Tsconfig {
  readonly leaves: readonly string[];
}

/**
 * Has tsconfigs that don't say what they compile leave the folders of the packages below them to these. The base in the root
 * of a workspace would take in all applications: in one program, they would see each other's session.
 */
export function leaveToNested(tsconfigs: readonly Tsconfig[]): ProjectTsconfig[] {
  const folders = [...new Set(tsconfigs.map(({ folder }) => folder))];
  return tsconfigs.map((each) => {
    const leaves = each.namesFiles
      ? []
      : folders.filter((folder) => folder !== each.folder && isInside(folder, each.folder));
    const fileNames = each.fileNames.filter((file) => !leaves.some((folder) => isInside(file, folder)));
    return { ...each, leaves, fileNames };
  });
}

export function isInside(path: string, folder: string): boolean {
  return !relative(folder, path).startsWith("..");
}
