import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { applyEdits } from "typed-session-sites";
import type { Application } from "../application/load.js";
import { installedFolder, installedVersion } from "../application/packages.js";
import { CodemodError } from "../codemod-error.js";
import type { EngineName } from "../verify/engine.js";
import { ownNativeCompiler } from "../verify/native-compiler.js";
import type { FileChange } from "../write/file-change.js";
import { chooseVersion } from "./choose-version.js";
import { moveRange, rangesOf, styleOf } from "./move-range.js";
import { movableTypes, versionToReach } from "./oldest-useful.js";
import { findPackageManager } from "./package-manager.js";
import { publishedVersions, readPackage } from "./registry.js";
import type { ReplacedPackage } from "./replaced-package.js";

/** Types of a session library that move to a newer version. */
export interface TypesMove {
  /** The name of the package of types. */
  readonly name: string;
  /** The version that is installed. */
  readonly from: string;
  /** The version that it moves to. */
  readonly to: string;
  /** What is to be run afterwards, in the folder of `package.json`. */
  readonly install: string;
}

/** A move, with what it takes to compile as if it were done. */
export interface PlannedMove extends TypesMove {
  /** `package.json`; the same text before and after where its range takes any version. */
  readonly manifest: FileChange;
  readonly replaced: ReplacedPackage;
}

/**
 * Plans to move types that are too old for the keys of a session to have types. The new ones are fetched into a scratch folder.
 *
 * @returns `undefined` where no types have to move
 * @throws CodemodError where no `package.json` names them, a range can't be moved, they can't be fetched, or the engine is native.
 */
export function planTypesMove({ ts: compiler, tsconfig }: Application, engine?: EngineName): PlannedMove | undefined {
  const folder = dirname(tsconfig);
  const [old] = movableTypes.flatMap((each) => {
    const from = installedVersion(folder, each);
    const reach = versionToReach(each, from);
    return from === undefined || reach === undefined ? [] : [{ name: each, from, reach }];
  });
  const installed = old && installedFolder(folder, old.name);
  if (old === undefined || installed === undefined) return undefined;
  const { name, from, reach } = old;
  if (engine === "native" || (engine === undefined && ownNativeCompiler(folder) !== undefined)) {
    throw new CodemodError(
      "--bump-types: the native compiler can't be given types that are not installed. Say --engine js.",
    );
  }
  const manager = findPackageManager(folder);
  const path = manifestOf(folder, name);
  if (path === undefined) {
    throw new CodemodError(
      `--bump-types: no package.json names ${name} ${from}, which came with another package. ${manager.add(`${name}@^${reach}`)}`,
    );
  }
  const before = readFileSync(path, "utf8");
  const ranges = rangesOf(before, name);
  const styles = [...new Set(ranges.map(styleOf))];
  const [style] = styles;
  if (style === undefined || styles.length > 1) {
    throw new CodemodError(
      `--bump-types: ${path} asks for ${name} with ${ranges.map(({ written }) => written).join(" and ")}. Move that to ^${reach} by hand.`,
    );
  }
  const library = installedVersion(folder, name.replace("@types/", ""));
  const chosen = chooseVersion(publishedVersions(folder, name, `>=${reach}`), compiler.version, library, style);
  if (chosen === undefined)
    throw new CodemodError(`--bump-types: TypeScript ${compiler.version} is too old for ${name} ${reach} or newer.`);
  const to = chosen.version;
  const edits = ranges.flatMap((range) => moveRange(range, chosen));
  return {
    name,
    from,
    to,
    install: edits.length > 0 ? manager.install : manager.add(`${name}@^${to}`),
    manifest: { path, before, after: applyEdits(before, edits) },
    replaced: {
      folders: [installed, realpathSync(installed)].map((each) => each.replaceAll("\\", "/")),
      files: readPackage(folder, name, to),
    },
  };
}

/** The nearest `package.json` that asks for a package. */
function manifestOf(folder: string, name: string): string | undefined {
  const path = join(folder, "package.json");
  if (existsSync(path) && rangesOf(readFileSync(path, "utf8"), name).length > 0) return path;
  return dirname(folder) === folder ? undefined : manifestOf(dirname(folder), name);
}
