import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Application } from "../application/load.js";
import { takesIn } from "./takes-in.js";
import { readManifest } from "../application/packages.js";

/** A file that has to import the session file, since a tool would not see it otherwise. */
export interface MissingSight {
  readonly entry: string;
  readonly reason: string;
}

const usualEntries = ["index", "main", "server", "app"];

/**
 * Finds out whether the session file would be seen: by the compiler, if the tsconfig takes it in; and by
 * ts-node, which takes in only what is imported unless it is told `--files`.
 *
 * @returns the file that should import it; `undefined` where all see it anyway
 */
export function findMissingSight(application: Application, sessionFile: string): MissingSight | undefined {
  const { fileNames, tsconfig } = application;
  const folder = dirname(tsconfig);
  if (!takesIn(application, sessionFile)) {
    const entry = fileNames.find((name) => !/\.d\.[cm]?ts$/.test(name));
    return entry === undefined ? undefined : { entry, reason: `${relative(folder, tsconfig)} does not take it in` };
  }
  const started = findTsNodeEntry(application);
  return started === undefined ? undefined : { entry: started, reason: "ts-node takes in only what is imported" };
}

/** The file that a script starts with ts-node; `undefined` where none does, or where ts-node takes in the tsconfig's files. */
export function findTsNodeEntry(application: Application): string | undefined {
  const { fileNames, tsconfig } = application;
  const folder = dirname(tsconfig);
  const script = scriptsOf(folder).find((each) => /\bts-node(?:-dev)?\b/.test(each));
  if (script === undefined || /--files|--transpile-only|--swc|\s-T\b/.test(script) || readsFiles(application))
    return undefined;
  return entryOf(folder, script, fileNames);
}

function scriptsOf(folder: string): string[] {
  const scripts: Record<string, unknown> = Object(readManifest(join(folder, "package.json"))?.["scripts"]);
  const written = Object.values(scripts).filter((each) => typeof each === "string");
  const nodemon = join(folder, "nodemon.json");
  return [...written, ...(existsSync(nodemon) ? [readFileSync(nodemon, "utf8")] : [])];
}

/** `"ts-node": { "files": true }` in the tsconfig. */
function readsFiles({ ts: compiler, tsconfig }: Application): boolean {
  const { config }: { config?: unknown } = compiler.readConfigFile(tsconfig, compiler.sys.readFile);
  const { files, transpileOnly }: Record<string, unknown> = Object(Object(config)["ts-node"]);
  return files === true || transpileOnly === true;
}

/** The file that ts-node is started with, or one with a customary name. */
function entryOf(folder: string, script: string, fileNames: readonly string[]): string | undefined {
  const started = /\bts-node(?:-dev)?\s+(?:-\S+\s+)*["']?([^\s"']+)/.exec(script)?.[1];
  const places = [
    ...(started === undefined ? [] : [started]),
    ...usualEntries.flatMap((name) => [`src/${name}`, name]),
  ];
  const paths = places
    .map((place) => resolve(folder, place))
    .flatMap((path) => [path, `${path}.ts`, join(path, "index.ts")]);
  return paths.find((path) => fileNames.includes(path));
}
