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
  const installed = installedFolder(folder, name);
  const version = installed && readManifest(join(installed, "package.json"))?.["version"];
  return typeof version === "string" ? version : undefined;
}

/** The folder of a package that a folder's files would get; with a version, as any that was installed has. */
export function installedFolder(folder: string, name: string): string | undefined {
  const installed = join(folder, "node_modules", name);
  if (typeof readManifest(join(installed, "package.json"))?.["version"] === "string") return installed;
  return dirname(folder) === folder ? undefined : installedFolder(dirname(folder), name);
}

/** Whether an installed package brings its own types. */
export function bringsTypes(folder: string, name: string): boolean {
  const installed = installedFolder(folder, name);
  const manifest = installed === undefined ? undefined : readManifest(join(installed, "package.json"));
  return manifest?.["types"] !== undefined;
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
