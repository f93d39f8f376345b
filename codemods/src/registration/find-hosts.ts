import { bringsTypes, dependenciesOf, installedVersion } from "../application/packages.js";

/** A session library that an application has. */
export interface Host {
  /** The package's name. */
  readonly name: string;
  /** The installed version; `undefined` where it is not installed. */
  readonly version: string | undefined;
  /** The package that brings its types, where that is another one; its version is `undefined` where it is missing. */
  readonly types?: {
    /** That package's name. */
    readonly name: string;
    /** The installed version; `undefined` where it is not installed. */
    readonly version: string | undefined;
  };
}

/** The libraries that load a session into a request, and the package of their types where they bring none, or brought none before. */
const knownHosts: ReadonlyMap<string, string | undefined> = new Map([
  ["express-session", "@types/express-session"],
  ["cookie-session", "@types/cookie-session"],
  ["koa-session", "@types/koa-session"],
  ["@fastify/session", undefined],
  ["@fastify/secure-session", undefined],
  ["iron-session", undefined],
  ["typed-session", undefined],
]);

/**
 * Finds the session libraries among the dependencies of the `package.json` nearest to a folder.
 *
 * @param inUse - one that is in use in any case
 */
export function findHosts(folder: string, inUse?: string): Host[] {
  const dependencies = new Set([...dependenciesOf(folder), inUse]);
  return [...knownHosts]
    .filter(([name]) => dependencies.has(name))
    .map(([name, types]) => ({
      name,
      version: installedVersion(folder, name),
      ...(types === undefined || bringsTypes(folder, name)
        ? {}
        : { types: { name: types, version: installedVersion(folder, types) } }),
    }));
}
