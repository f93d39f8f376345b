import { compareVersions } from "./compare-versions.js";

/** A version that a registry has. */
export interface PublishedVersion {
  readonly version: string;
  /** The oldest compiler that reads it, as DefinitelyTyped says in the package; it has versions without. */
  readonly typeScriptVersion?: string | undefined;
}

/** How a range of versions is written: before the version, or, for any version at all, in its place. */
export type RangeStyle = "^" | "~" | ">=" | "" | "*";

/** A version, and the style of a range that an installation takes to be that very version. */
export interface ChosenVersion {
  readonly version: string;
  readonly style: RangeStyle;
}

/**
 * Chooses the version to move to. An installation takes the newest one of a range, so it has to be that one: what was compiled
 * is what gets installed. Where the compiler is too old for the newest of a wide range, the range becomes a narrow one.
 *
 * @param library - the installed version of the library that the types are of: types for it are preferred
 */
export function chooseVersion(
  published: readonly PublishedVersion[],
  compilerVersion: string,
  library: string | undefined,
  style: RangeStyle,
): ChosenVersion | undefined {
  const all = published.filter(({ version }) => /^\d+\.\d+\.\d+$/.test(version));
  const readable = all
    .filter(({ typeScriptVersion = "0" }) => compareVersions(compilerVersion, typeScriptVersion) >= 0)
    .map(({ version }) => version)
    .sort(compareVersions);
  const minor = library?.split(".", 2).join(".");
  for (const each of [style, "~", ""] as const) {
    const stable = readable.filter((version) => !all.some((other) => overtakes(other.version, version, each)));
    const version = stable.filter((candidate) => candidate.startsWith(`${minor}.`)).at(-1) ?? stable.at(-1);
    if (version !== undefined) return { version, style: each };
  }
  return undefined;
}

/** Whether a range that is written with one version would take another, newer one. */
function overtakes(other: string, version: string, style: RangeStyle): boolean {
  if (compareVersions(other, version) <= 0 || style === "") return false;
  const fixed = { "^": 1, "~": 2, ">=": 0, "*": 0 }[style];
  return other.split(".", fixed).join() === version.split(".", fixed).join();
}
