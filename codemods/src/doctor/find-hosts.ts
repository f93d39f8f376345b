import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A session library that an application has. */
export interface Host {
  readonly name: string;
  /** The installed version; `undefined` where it is not installed. */
  readonly version: string | undefined;
  /** The package that brings its types, where that is another one; its version is `undefined` where it is missing. */
  readonly types?: { readonly name: string; readonly version: string | undefined };
}

/** The libraries that load a session into a request, and the package of their types where they bring none. */
const knownHosts: ReadonlyMap<string, string | undefined> = new Map([
  ["express-session", "@types/express-session"],
  ["cookie-session", "@types/cookie-session"],
  ["koa-session", "@types/koa-session"],
  ["@fastify/session", undefined],
  ["@fastify/secure-session", undefined],
  ["iron-session", undefined],
  ["typed-session", undefined],
]);

/** Finds the session libraries among the dependencies of the `package.json` nearest to a folder. */
export function findHosts(folder: string): Host[] {
  const dependencies = new Set(dependenciesOf(folder));
  return [...knownHosts]
    .filter(([name]) => dependencies.has(name))
    .map(([name, types]) => ({
      name,
      version: installedVersion(folder, name),
      ...(types === undefined ? {} : { types: { name: types, version: installedVersion(folder, types) } }),
    }));
}

function dependenciesOf(folder: string): string[] {
  const manifest = readManifest(join(folder, "package.json"));
  if (manifest !== undefined) {
    return ["dependencies", "devDependencies", "peerDependencies"].flatMap((field) =>
      Object.keys(Object(manifest[field])),
    );
  }
  return dirname(folder) === folder ? [] : dependenciesOf(dirname(folder));
}

/** Looks where Node would; the manifest is read as a file, since `exports` may hide it from `require`. */
function installedVersion(folder: string, name: string): string | undefined {
  const version = readManifest(join(folder, "node_modules", name, "package.json"))?.["version"];
  if (typeof version === "string") return version;
  return dirname(folder) === folder ? undefined : installedVersion(dirname(folder), name);
}

function readManifest(path: string): Record<string, unknown> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return Object(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Whoever installs the application hears of it; here, it just has no dependencies to read.
    return {};
  }
}
