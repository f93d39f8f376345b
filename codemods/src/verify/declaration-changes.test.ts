import { stripVTControlCharacters } from "node:util";
import ts from "typescript";
import { expect, test } from "vitest";
import { createApplication } from "../application.fixture.js";
import { loadApplication } from "../application/load.js";
import { expressSession } from "../session-libraries.fixture.js";
import { upgradeProject } from "../upgrade-project.js";
import { formatUpgrade } from "../upgrade-report.js";
import { createCompiler } from "./compile.js";
import { declarationChanges } from "./declaration-changes.js";

const commonjs = {
  module: "commonjs",
  moduleResolution: "node10",
  ignoreDeprecations: "6.0",
  types: ["express-session"],
};
const handlers = `import type { Request } from "express";
export const login = (req: Request) => { (req as any).session.userId = "ada"; };
export const who = (req: Request) => (req.session as any).userId;
export const path = (req: Request) => req.path;
`;

function changes(options: Record<string, unknown>) {
  const application = createApplication(
    { ...expressSession, "src/a.ts": handlers, "src/b.ts": `import { who } from "./a";\nexport const b = { who };\n` },
    { ...commonjs, ...options },
  );
  const { declarationChanges: found, newErrors } = upgradeProject({ directory: application.folder, schema: "types" });
  expect(newErrors).toEqual([]);
  return found.map(({ file, ...rest }) => ({ file: file.replace(application.folder, ""), ...rest }));
}

test.each([
  { declaration: true },
  { composite: true },
  { declaration: true, declarationMap: true, removeComments: false },
])("with %j, the lines of the files that offer other types are listed, those of importers too", (options) => {
  expect(changes(options)).toEqual([
    {
      file: "/src/a.ts",
      removed: ["export declare const who: (req: Request) => any;"],
      added: ["export declare const who: (req: Request) => string | undefined;"],
    },
    {
      file: "/src/b.ts",
      removed: ['who: (req: import("express").Request) => any;'],
      added: ['who: (req: import("express").Request) => string | undefined;'],
    },
  ]);
});

test("where no declarations are emitted, there is nothing to compare", () => {
  expect(changes({})).toEqual([]);
});

test("the report names the files and the lines, in short", () => {
  const text = handlers + `export const all = (req: Request) => [${"(req.session as any).userId, ".repeat(9)}];\n`;
  const application = createApplication({ ...expressSession, "src/a.ts": text }, { ...commonjs, declaration: true });
  const result = upgradeProject({ directory: application.folder, schema: "types" });
  const report = stripVTControlCharacters(formatUpgrade(result, application.folder));
  expect(report).toContain("The emitted declarations of 1 file change:\n  src/a.ts\n    - export declare const who");
  expect(report).toContain("    + export declare const all: (req: Request) => (string | undefined)[];");
});

test("what declarations can't say is an error of the program where they are asked for, as it is for tsc", () => {
  const codes = (options: Record<string, unknown>) => {
    const { folder, path } = createApplication({ "src/a.ts": "export const A = class {};\n" }, options);
    const edited = new Map([[path("src/a.ts"), "export const A = class { private a = 1 };\n"]]);
    return createCompiler(loadApplication(folder))(edited)
      .errors([path("src/a.ts")])
      .map(({ code }) => code);
  };
  expect(codes({ declaration: true })).toEqual([4094]);
  expect(codes({ composite: true })).toEqual([4094]);
  expect(codes({})).toEqual([]);
});

test("a union in another order is the same type", () => {
  const declaring = (text: string) => ({ declarations: () => text });
  const compare = (a: string, b: string) => declarationChanges(ts, declaring(a), declaring(b), ["a.ts"]);
  expect(
    compare("export type A = (string | { b?: 1 | 2 })[];\n", "export type A = ({ b?: 2 | 1 } | string)[];\n"),
  ).toEqual([]);
  expect(compare("export type F = (a: 1, b: 2) => void;\n", "export type F = (a: 2, b: 1) => void;\n")).toHaveLength(1);
});
