import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The names of the dependencies in the `package.json` nearest to a folder. */
export function dependenciesOf(folder: string): string[] {
  const manifest = readManifest(join(folder, "package.json"));
  if (manifest !== undefined) {
    return ["dependencies", "devDependencies", "peerDependencies"].flatMap((field) =>
      Object.keys(Object(manifest[field])),
    );
  }
  return dirname(folder) === folder ? [] : dependenciesOf(dirname(folder));
}

/**
 * The version of a package that a folder's files would get. Looks where Node would; the manifest is read as a file, since
 * `exports` may hide it from `require`.
 */
export function installedVersion(folder: string, name: string): string | undefined {
  const version = readManifest(join(folder, "node_modules", name, "package.json"))?.["version"];
  if (typeof version === "string") return version;
  return dirname(folder) === folder ? undefined : installedVersion(dirname(folder), name);
}

/** What a `package.json` says; `undefined` where there is none. */
export function readManifest(path: string): Record<string, unknown> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return Object(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Whoever installs the application hears of it; here, it just has no dependencies to read.
    return {};
  }
}
