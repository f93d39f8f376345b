import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readTsconfig, type Tsconfig } from "../application/load.js";
import { CodemodError } from "../codemod-error.js";
import { leaveToNested, type ProjectTsconfig } from "./leave-to-nested.js";
import { workspacePackages } from "./workspace-packages.js";

/** What is asked for. */
export interface WantedProjects {
  /** The application's folder, or the root of a workspace. */
  readonly directory: string;
  /** Paths of tsconfigs, from `directory`. By default, those of the folder and of the packages of its workspace. */
  readonly tsconfigs?: readonly string[];
  /** How another folder is named, for the error: `with --dir`. */
  readonly namedBy?: string;
  /** Told what is being done, for people who wait. */
  readonly onProgress?: (step: string) => void;
}

/**
 * Finds the tsconfigs of an application or a workspace, and of the projects that they refer to, as `tsc -b` does; those that
 * compile nothing of their own are left out.
 *
 * @throws CodemodError where there is none, one is missing or broken, or none compiles a file.
 */
export function findTsconfigs({ directory, tsconfigs = [], namedBy = "" }: WantedProjects): ProjectTsconfig[] {
  const known = new Map<string, Tsconfig>();
  for (const path of startsOf(directory, tsconfigs, namedBy)) follow(path, known);
  const found = [...known.values()];
  const all = tsconfigs.length > 0 ? found.map((each) => ({ ...each, leaves: [] })) : leaveToNested(found);
  const compiling = all.filter(({ fileNames }) => fileNames.length > 0);
  if (compiling.length > 0) return compiling;
  const [first] = all;
  throw new CodemodError(`${first?.path} compiles no file${all.length > 1 ? ", nor do those that go with it" : ""}.`);
}

function startsOf(directory: string, tsconfigs: readonly string[], namedBy: string): string[] {
  const root = resolve(directory);
  for (const name of tsconfigs) {
    if (!existsSync(resolve(root, name))) throw missing(name, root, namedBy);
  }
  if (tsconfigs.length > 0) return tsconfigs.map((name) => resolve(root, name));
  const found = [root, ...workspacePackages(root)]
    .map((folder) => join(folder, "tsconfig.json"))
    .filter((path) => existsSync(path));
  if (found.length === 0) throw missing("tsconfig.json", root, namedBy);
  return found;
}

function missing(name: string, root: string, namedBy: string): CodemodError {
  const folder = namedBy === "" ? "name another folder" : `the folder ${namedBy}`;
  return new CodemodError(`No ${name} in ${root}. Name it with --tsconfig, or ${folder}.`);
}

function follow(path: string, known: Map<string, Tsconfig>): void {
  if (known.has(path)) return;
  const tsconfig = readTsconfig(path);
  known.set(path, tsconfig);
  for (const reference of tsconfig.references) {
    if (!existsSync(reference)) throw new CodemodError(`${path} refers to ${reference}, which is not there.`);
    follow(reference, known);
  }
}
