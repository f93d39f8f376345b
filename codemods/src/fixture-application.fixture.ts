import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { TestApplication } from "./application.fixture.js";

/** Where the applications are that the codemod is tried on, each a folder with its own package.json and tsconfig.json. */
export const fixturesFolder = fileURLToPath(new URL("../fixtures/", import.meta.url));

const workspaces = [new URL("../", import.meta.url), new URL("../../", import.meta.url)].map((url) =>
  fileURLToPath(url),
);

/** Versions that are installed here under another name, beside the newest. */
const installedAs: ReadonlyMap<string, string> = new Map([
  ["@types/express-session@1.17.0", "types-express-session-old"],
  ["iron-session@6.3.1", "iron-session-6"],
]);

/** The tests compile with the compiler that the codemod brings, and run none of the applications. */
const notLinked: ReadonlySet<string> = new Set(["typescript", "cookie-session", "koa", "koa-session"]);

export function fixtureNames(): string[] {
  return readdirSync(fixturesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The folders of a fixture that have a tsconfig: the fixture itself, or the applications of a workspace. */
export function programsOf(name: string): string[] {
  const paths = readdirSync(join(fixturesFolder, name), { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => /(?:^|[\\/])tsconfig\.json$/.test(path))
    .map((path) => dirname(path))
    .sort();
}

/** The sources of a fixture, by their paths in it. */
export function fixtureSources(name: string): Map<string, string> {
  const folder = join(fixturesFolder, name);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Copies a fixture into a scratch folder, which goes when the test is over, with the packages that it depends on. */
export function copyFixture(name: string): TestApplication {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-fixture-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(fixturesFolder, name), folder, { recursive: true });
  linkDependencies(folder);
  const path = (file: string) => join(folder, file);
  return { folder, path, read: (file) => readFileSync(path(file), "utf8") };
}

/** Links the packages that an application's package.json names, so that a compiler finds them. */
export function linkDependencies(folder: string): void {
  const { dependencies, devDependencies } = readManifest(folder);
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) install(folder, name, version);
}

function install(folder: string, name: string, version: string): void {
  const target = join(folder, "node_modules", name);
  if (notLinked.has(name) || existsSync(target)) return;
  const alias = installedAs.get(`${name}@${version}`);
  const source = installed(alias ?? name);
  if (source === undefined) throw new Error(`${name}@${version} is not among the dependencies of this workspace`);
  mkdirSync(dirname(target), { recursive: true });
  // A link leads to the folder that it is installed in, whose name is another one, or which is the project itself.
  if (alias === undefined && source.includes("/node_modules/")) symlinkSync(source, target);
  else copyPackage(folder, source, target);
}

/** What a package needs is looked up from where it is: beside its copy. */
function copyPackage(folder: string, source: string, target: string): void {
  for (const part of publishedParts(source)) cpSync(join(source, part), join(target, part), { recursive: true });
  for (const [name, version] of Object.entries(readManifest(source)["dependencies"] ?? {})) {
    if (installed(name) !== undefined) install(folder, name, version);
  }
}

function readManifest(folder: string): Record<string, Record<string, string> | undefined> {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function installed(name: string): string | undefined {
  const folder = workspaces.map((each) => join(each, "node_modules", name)).find((each) => existsSync(each));
  return folder && realpathSync(folder);
}

function publishedParts(folder: string): string[] {
  return readdirSync(folder).filter((each) => /^(?:package\.json|dist|.*\.d\.ts)$/.test(each));
}
