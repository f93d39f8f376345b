import ts from "typescript";
import { expect, test } from "vitest";
import { createApplication } from "../application.fixture.js";
import { loadApplication } from "../application/load.js";
import { createCompiler } from "./compile.js";

const commented = "/** Said of it. */\nexport declare function f(a: string): string;\n";

test("comments of packages, which nobody reads, are not parsed", () => {
  const inPackage = "node_modules/@types/commented/index.d.ts";
  const files = { "src/a.d.ts": commented, [inPackage]: commented };
  const application = createApplication(files, { types: ["commented"] });
  const { program } = createCompiler(loadApplication(application.folder))(new Map());
  // It gives the nodes their parents.
  program.getTypeChecker();
  const commentsOf = (name: string) =>
    program.getSourceFile(application.path(name))?.statements.flatMap((each) => ts.getJSDocCommentsAndTags(each));
  expect(commentsOf("src/a.d.ts")).toHaveLength(1);
  expect(commentsOf(inPackage)).toEqual([]);
});
