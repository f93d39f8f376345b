import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { loadApplication } from "../codemods/src/application/load.js";
import { linkDependencies } from "../codemods/src/fixture-application.fixture.js";
import type { UpgradeResult } from "../codemods/src/upgrade-result.js";
import { transformApplication } from "../codemods/src/transform-project.js";
import { upgradeApplication } from "../codemods/src/upgrade/upgrade-application.js";
import { createCompiler, type Compilation } from "../codemods/src/verify/compile.js";
import type { BlockKind, GuideBlock } from "./guide-blocks.fixture.js";

/** What became of an application of the guide. All files have their names on the page. */
export interface UpgradedApplication {
  /** The compiler's errors before the upgrade: `file: message`. */
  readonly errorsBefore: readonly string[];
  /** What the upgrade did, the new errors among it; `undefined` where the page shows no upgrade of this application. */
  readonly result: UpgradeResult | undefined;
  /** The files that it wrote. */
  readonly written: ReadonlyMap<string, string>;
  /** The files that emit other JavaScript than before. */
  readonly emittingOtherwise: readonly string[];
  /** The errors with everything that is done by hand, and with what must not compile. */
  readonly errorsInTheEnd: readonly string[];
}

const compilerOptions = {
  target: "es2022",
  lib: ["es2022"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  experimentalDecorators: true,
  skipLibCheck: true,
  rootDir: "src",
  outDir: "dist",
};

/**
 * Writes an application of the guide with its packages, upgrades it, does what is done by hand, and removes it again. All
 * of it by one compiler: packages are parsed once.
 */
export function upgradeGuideApplication(
  blocks: readonly GuideBlock[],
  packages: readonly string[],
  options: object,
): UpgradedApplication {
  return onDisk(blocks, packages, options, (folder) => upgradeIn(folder, blocks));
}

/** Runs transforms alone over files of the guide. @returns what became of those that changed, by their names. */
export function transformGuideApplication(
  blocks: readonly GuideBlock[],
  packages: readonly string[],
  transforms: readonly string[],
): Map<string, string> {
  return onDisk(blocks, packages, {}, (folder) => {
    const application = loadApplication(folder);
    const { files } = transformApplication({ application, compile: createCompiler(application) }, transforms);
    return new Map(files.map(({ path, after }) => [relative(join(folder, "src"), path), after]));
  });
}

function onDisk<T>(
  blocks: readonly GuideBlock[],
  packages: readonly string[],
  options: object,
  work: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-guide-"));
  try {
    writeApplication(folder, blocks, packages, options);
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeApplication(
  folder: string,
  blocks: readonly GuideBlock[],
  packages: readonly string[],
  options: object,
): void {
  const named = packages.map((each) => /^(.[^@]*)(?:@(.+))?$/.exec(each) ?? []);
  const dependencies = Object.fromEntries(named.map(([, name = "", version = "*"]) => [name, version]));
  const manifest = { type: "module", dependencies, devDependencies: { "@types/node": "*" } };
  const tsconfig = { compilerOptions: { ...compilerOptions, ...options }, include: ["src"] };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  linkDependencies(folder);
  mkdirSync(join(folder, "src"));
  for (const [path, text] of textsOf(folder, blocks, "as it is", "before")) writeFileSync(path, text);
}

function textsOf(folder: string, blocks: readonly GuideBlock[], ...kinds: readonly BlockKind[]): Map<string, string> {
  const chosen = blocks.filter(({ kind }) => kinds.includes(kind));
  return new Map(chosen.map(({ file, code }) => [join(folder, "src", file), code]));
}

/** What `upgradeProject` does, with the compilations before and after it. */
function upgradeIn(folder: string, blocks: readonly GuideBlock[]): UpgradedApplication {
  const application = loadApplication(folder);
  const compile = createCompiler(application);
  const source = join(folder, "src");
  const before = compile(new Map());
  const scripts = new Map(before.ownFiles.map((file) => [file, scriptOf(before, file)]));
  const errorsBefore = errorsOf(before, source);
  const isUpgraded = blocks.some(({ kind }) => kind === "after" || kind === "written by the upgrade");
  const result = isUpgraded ? upgradeApplication({ application, compile }, { directory: folder }) : undefined;
  const changes = new Map(result?.files.map(({ path, after }) => [path, after]));
  const after = compile(changes);
  const otherwise = [...scripts].filter(([file, script]) => scriptOf(after, file) !== script);
  const inTheEnd = new Map([...changes, ...textsOf(folder, blocks, "by hand", "moved to v3", "does not compile")]);
  return {
    errorsBefore,
    result,
    written: new Map([...changes].map(([path, text]) => [relative(source, path), text])),
    emittingOtherwise: otherwise.map(([file]) => relative(source, file)),
    errorsInTheEnd: errorsOf(compile(inTheEnd), source),
  };
}

function errorsOf(compilation: Compilation, source: string): string[] {
  return compilation
    .errors()
    .map(({ file, message }) => `${file === undefined ? "tsconfig.json" : relative(source, file)}: ${message}`);
}

/** White space apart: the compiler lays a block out as the source does. */
function scriptOf(compilation: Compilation, file: string): string {
  return [...compilation.emit(file).values()].join().replace(/\s+/g, " ");
}
