import ts from "typescript";
import { expect, test } from "vitest";
import { parseTypescript } from "./parse-typescript.js";
import { typescriptTree } from "./typescript.js";

test("a file whose nodes don't know their parents is refused by name", () => {
  const sourceFile = ts.createSourceFile("app.ts", "req.session", ts.ScriptTarget.Latest);
  expect(() => typescriptTree(ts, sourceFile)).toThrow(/^app\.ts was parsed without parents: pass setParentNodes/);
});

test("an empty file has no parents to know", () => {
  expect(typescriptTree(ts, ts.createSourceFile("app.ts", "", ts.ScriptTarget.Latest)).text).toBe("");
});

test.each([
  ["a // one\n/* two */ b /** three */ c // four", ["// one", "/* two */", "/** three */", "// four"]],
  ["`/* text */ ${a /* code */}`", ["/* code */"]],
  ["'// text'; /\\/\\*/.test(a) // code", ["// code"]],
  ["/** doc */\nfunction f(/* none */) {}", ["/** doc */", "/* none */"]],
])("the comments of %j", (text, comments) => {
  const tree = parseTypescript(text);
  expect(tree.comments().map(({ start, end }) => tree.text.slice(start, end))).toEqual(comments);
});

test("text between JSX tags is no comment", () => {
  const tree = parseTypescript("<a href='//x'>// text {/* code */}</a>", "file.tsx");
  expect(tree.comments().map(({ value }) => value)).toEqual([" code "]);
});
