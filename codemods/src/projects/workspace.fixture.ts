import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { createApplication, type TestApplication } from "../application.fixture.js";
import { expressSession } from "../session-libraries.fixture.js";

const compilerOptions = {
  target: "es2022",
  lib: ["es2022"],
  skipLibCheck: true,
  module: "commonjs",
  moduleResolution: "node10",
  ignoreDeprecations: "6.0",
  strict: true,
  types: ["express-session"],
  noEmit: true,
};

/** A tsconfig as text: with ordinary options, and what else it is to say. */
export function tsconfig(rest: Readonly<Record<string, unknown>> = { include: ["src"] }): string {
  return JSON.stringify({ compilerOptions, ...rest });
}

/** A workspace in a scratch folder: packages with express-session hoisted into the root's `node_modules`, no root tsconfig. */
export function createWorkspace(files: Readonly<Record<string, string>>): TestApplication {
  return createApplication({
    ...expressSession,
    "package.json": JSON.stringify({ private: true, workspaces: ["apps/*", "packages/*"] }),
    // What createApplication puts in the root is for one application.
    "tsconfig.json": tsconfig({ files: [] }),
    ...files,
  });
}

/** An application's package: its tsconfig, and its sources below `src`. */
export function packageAt(folder: string, sources: Readonly<Record<string, string>>): Record<string, string> {
  const inFolder = Object.entries(sources).map(([name, text]) => [`${folder}/src/${name}`, text]);
  return {
    [`${folder}/package.json`]: JSON.stringify({ name: folder.replace("/", "-"), version: "1.0.0" }),
    [`${folder}/tsconfig.json`]: tsconfig(),
    ...Object.fromEntries(inFolder),
  };
}

/** Runs `tsc -p` as users would, and gives what it says. */
export function tsc(folder: string, project: string): string {
  const bin = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [bin, "--noEmit", "-p", project], { cwd: folder, encoding: "utf8" });
  return stdout;
}
