import ts from "typescript";
import { expect, test } from "vitest";
import { everyConstruct, findingsOf } from "../plain-sites.fixture.js";
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

/** What the view asks of the compiler's module. TypeScript 3.9.10 has all of it; look there before this list grows. */
const askedOfTheCompiler = [
  "SyntaxKind",
  "forEachChild",
  "isAsExpression",
  "isAwaitExpression",
  "isCallExpression",
  "isComputedPropertyName",
  "isDecorator",
  "isElementAccessExpression",
  "isExternalModuleReference",
  "isFunctionLike",
  "isIdentifier",
  "isImportDeclaration",
  "isImportEqualsDeclaration",
  "isJSDoc",
  "isNamespaceImport",
  "isNonNullExpression",
  "isObjectBindingPattern",
  "isParenthesizedExpression",
  "isParenthesizedTypeNode",
  "isPropertyAccessExpression",
  "isSourceFile",
  "isStringLiteral",
  "isStringLiteralLike",
  "isVariableDeclaration",
];

test("the oldest supported compiler has all that is asked of it", () => {
  const asked = new Set<string>();
  const compiler = new Proxy(ts, {
    get(target, name) {
      asked.add(String(name));
      const member: unknown = Reflect.get(target, name);
      return member;
    },
  });
  findingsOf(typescriptTree(compiler, ts.createSourceFile("a.ts", everyConstruct, ts.ScriptTarget.Latest, true)));
  expect([...asked].sort()).toEqual(askedOfTheCompiler);
});
