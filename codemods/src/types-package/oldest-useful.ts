import { compareVersions } from "./compare-versions.js";

/**
 * The oldest versions of types that give each key of a session a type of its own. Before 1.17.1, `@types/express-session` took
 * any key; 1.17.1 made the session a union whose first part lacks the keys.
 */
const oldestUseful: ReadonlyMap<string, string> = new Map([["@types/express-session", "1.17.2"]]);

/** The packages of types that there are too old versions of. */
export const movableTypes: readonly string[] = [...oldestUseful.keys()];

/** The version that a package of types must be moved to at least; `undefined` where it is new enough, or none helps. */
export function versionToReach(name: string, installed: string | undefined): string | undefined {
  const oldest = oldestUseful.get(name);
  if (oldest === undefined || installed === undefined) return undefined;
  return compareVersions(installed, oldest) < 0 ? oldest : undefined;
}
