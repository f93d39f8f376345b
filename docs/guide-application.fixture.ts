import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { loadApplication } from "../codemods/src/application/load.js";
import { linkDependencies } from "../codemods/src/fixture-application.fixture.js";
import type { UpgradeResult } from "../codemods/src/upgrade-result.js";
import { upgradeApplication } from "../codemods/src/upgrade/upgrade-application.js";
import { createCompiler, type Compilation } from "../codemods/src/verify/compile.js";
import type { BlockKind, GuideBlock } from "./guide-applications.fixture.js";

/** An application of the guide at one moment, compiled. */
export interface CompiledApplication {
  /** The errors: `file: message`. */
  readonly errors: readonly string[];
  /** The JavaScript of a file; `undefined` where it emits none. */
  readonly emitted: (file: string) => string | undefined;
}

/** What became of an application of the guide. All files have their names on the page. */
export interface UpgradedApplication {
  readonly before: CompiledApplication;
  /** What the upgrade did; `undefined` where the page shows no upgrade of this application. */
  readonly result: UpgradeResult | undefined;
  /** The files that it wrote. */
  readonly written: ReadonlyMap<string, string>;
  readonly after: CompiledApplication;
  /** With everything that is done by hand, and with what must not compile. */
  readonly inTheEnd: CompiledApplication;
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
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-guide-"));
  try {
    writeApplication(folder, blocks, packages, options);
    return upgradeIn(folder, blocks);
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
  const describe = (compilation: Compilation) => describeCompilation(folder, compilation);
  const before = describe(compile(new Map()));
  const isUpgraded = blocks.some(({ kind }) => kind === "after" || kind === "written by the upgrade");
  const result = isUpgraded ? upgradeApplication({ application, compile }, { directory: folder }) : undefined;
  const changes = new Map(result?.files.map(({ path, after }) => [path, after]));
  return {
    before,
    result,
    written: new Map([...changes].map(([path, text]) => [relative(join(folder, "src"), path), text])),
    after: describe(compile(changes)),
    inTheEnd: describe(compile(new Map([...changes, ...textsOf(folder, blocks, "by hand", "does not compile")]))),
  };
}

/** All that is asked of a compilation; it is not kept. */
function describeCompilation(folder: string, compilation: Compilation): CompiledApplication {
  const source = join(folder, "src");
  const errors = compilation
    .errors()
    .map(({ file, message }) => `${file === undefined ? "tsconfig.json" : relative(source, file)}: ${message}`);
  const scripts = compilation.ownFiles.map((file) => [relative(source, file), scriptOf(compilation, file)] as const);
  const emitted = new Map(scripts);
  return { errors, emitted: (file) => emitted.get(file) };
}

/** White space apart: the compiler lays a block out as the source does. */
function scriptOf(compilation: Compilation, file: string): string {
  return [...compilation.emit(file).values()].join().replace(/\s+/g, " ");
}
