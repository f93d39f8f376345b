import { writeFileSync } from "node:fs";
import type ts from "typescript";
import { expect, test } from "vitest";
import { createApplication, type TestApplication } from "../application.fixture.js";
import { loadApplication } from "../application/load.js";
import { createCompiler, type Compilation } from "./compile.js";

const types = "node_modules/clock/index.d.ts";

function clockApplication(): TestApplication {
  const files = {
    "node_modules/clock/package.json": `{ "name": "clock", "version": "1.0.0", "types": "index.d.ts" }`,
    [types]: "export declare const now: number;\n",
    "src/a.ts": `import { now } from "clock";\nexport const time: number = now;\n`,
    "tsconfig.other.json": `{ "extends": "./tsconfig.json", "compilerOptions": { "noImplicitReturns": true } }`,
  };
  return createApplication(files, { rootDir: "src" });
}

function compile({ folder }: TestApplication, tsconfig?: string): Compilation {
  return createCompiler(loadApplication(folder, tsconfig))(new Map());
}

function clockTypes({ program }: Compilation): ts.SourceFile | undefined {
  return program.getSourceFiles().find(({ fileName }) => fileName.endsWith(types));
}

test("a file of a package is parsed once for all programs that have the same options", () => {
  const application = clockApplication();
  const parsed = clockTypes(compile(application));
  expect(parsed).toBeDefined();
  expect(clockTypes(compile(application))).toBe(parsed);
  expect(clockTypes(compile(application, "tsconfig.other.json"))).not.toBe(parsed);
});

test("a package that was installed anew meanwhile is read anew", () => {
  const application = clockApplication();
  expect(compile(application).errors()).toEqual([]);
  writeFileSync(application.path(types), "export declare const now: string;\n");
  expect(compile(application).errors()).toMatchObject([{ code: 2322 }]);
});

test("a file of the application is read anew", () => {
  const application = clockApplication();
  expect(compile(application).errors()).toEqual([]);
  writeFileSync(application.path("src/a.ts"), `export const time: number = "";\n`);
  expect(compile(application).errors()).toMatchObject([{ code: 2322 }]);
});
