import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { globSync } from "tinyglobby";
import { parse } from "yaml";
import { CodemodError } from "../codemod-error.js";

/**
 * The folders of the packages in a workspace: what `workspaces` of `package.json` (npm, yarn, bun) or `packages` of
 * `pnpm-workspace.yaml` say, sorted. Empty where the folder is no workspace's root.
 *
 * @throws CodemodError where one of these files can't be read.
 */
export function workspacePackages(root: string): string[] {
  const globs = [
    ...globsOf(join(root, "package.json"), JSON.parse, "workspaces"),
    ...globsOf(join(root, "pnpm-workspace.yaml"), parse, "packages"),
  ];
  if (globs.length === 0) return [];
  const manifests = globSync(globs.map(toManifest), { cwd: root, ignore: ["**/node_modules/**"], absolute: true });
  return [...new Set(manifests.map((path) => resolve(path, "..")))].sort();
}

/** `packages/*`, `./packages/*`, `packages/*` + `/`; and `!packages/old`, which takes out. */
function toManifest(glob: string): string {
  const [, not = "", path = ""] = /^(!?)(?:\.\/)?(.*?)\/?$/.exec(glob) ?? [];
  return `${not}${path}/package.json`;
}

function globsOf(path: string, read: (text: string) => unknown, field: string): string[] {
  if (!existsSync(path)) return [];
  const listed: unknown = Object(readOrThrow(path, read))[field];
  // Yarn 1 also takes `{ packages: [...] }`.
  const globs: unknown = Array.isArray(listed) ? listed : Object(listed)["packages"];
  return Array.isArray(globs) ? globs.filter((each) => typeof each === "string") : [];
}

function readOrThrow(path: string, read: (text: string) => unknown): unknown {
  try {
    return read(readFileSync(path, "utf8"));
  } catch (error) {
    const [reason] = String(error).split("\n", 1);
    throw new CodemodError(`${path} can't be read: ${reason}. Mend it, or name the tsconfigs with --tsconfig.`);
  }
}
