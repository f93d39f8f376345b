import * as parser from "@typescript-eslint/parser";
import { ESLint, Linter } from "eslint";
import plugin from "eslint-plugin-typed-session";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { applyEdits, findSites, removeDisguises, typescriptTree, type Site } from "typed-session-sites";
import { createApplication } from "./application.fixture.js";
import { aliasedSite } from "./climb/aliased-site.js";
import { fixtureNames, fixtureSources } from "./fixture-application.fixture.js";
import { listPlaces } from "./places.js";
import { transformProject } from "./transform-project.js";
import { fixturesOf, transformNames } from "./transforms/test-fixtures.fixture.js";

/** What lint says of a text: how many session casts there are, and the text that its suggestions lead to. */
function lint(
  text: string,
  extension: string,
): { readonly reports: number; readonly stuck: number; readonly after: string } {
  const messages = new Linter().verify(
    text,
    [
      {
        files: ["**/*.{ts,tsx}"],
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: extension === "tsx" } } },
      },
      { ...plugin.configs.recommended, rules: { "typed-session/no-session-cast": "warn" } },
    ],
    `file.${extension}`,
  );
  const fixes = messages.flatMap(({ suggestions = [] }) => suggestions.map(({ fix }) => fix));
  const edits = fixes.map(({ range: [start, end], text: replacement }) => ({ start, end, text: replacement }));
  const stuck = messages.filter(({ suggestions = [] }) => suggestions.length === 0).length;
  return { reports: messages.length, stuck, after: applyEdits(text, edits) };
}

/** What the codemod says of it. */
function transform(text: string, extension: string): ReturnType<typeof lint> {
  const program = createProgramOf(`file.${extension}`, text);
  const sourceFile = program.getSourceFile(`file.${extension}`) ?? expect.fail("The program has no file.");
  const tree = typescriptTree(ts, sourceFile);
  const disguised = [
    ...findSites(tree).filter(({ disguises }) => disguises.length > 0),
    ...findAliasedSites(program, sourceFile),
  ];
  const edits = disguised.map((site) => removeDisguises(tree, site));
  const stuck = edits.filter((each) => each === undefined).length;
  return {
    reports: disguised.length,
    stuck,
    after: applyEdits(
      text,
      edits.flatMap((each) => each ?? []),
    ),
  };
}

/** A program of one text alone: what its imports lead to, lint does not know either. */
function createProgramOf(name: string, text: string): ts.Program {
  const host = ts.createCompilerHost({});
  host.getSourceFile = (path) =>
    path === name ? ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) : undefined;
  return ts.createProgram([name], { noLib: true, noResolve: true }, host);
}

/** The casts of variables that hold a session, and of parameters that the file itself passes one to. */
function findAliasedSites(program: ts.Program, sourceFile: ts.SourceFile): Site<ts.Node>[] {
  const tree = typescriptTree(ts, sourceFile);
  const ends = new Set(
    listPlaces(ts, program, [sourceFile.fileName], (path) => path)
      .filter(({ kind }) => kind === "use")
      .map(({ at }) => at),
  );
  const visit = (node: ts.Node): Site<ts.Node>[] => {
    const isRead = ends.has(node.end) && (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node));
    const site = isRead ? aliasedSite(ts, tree, node) : undefined;
    return [...(site === undefined ? [] : [site]), ...tree.children(node).flatMap(visit)];
  };
  return visit(sourceFile);
}

describe.each(transformNames)("on the fixtures of %s, lint and codemod find the same", (name) => {
  test.each(fixturesOf(name))("$name", ({ input, output, extension }) => {
    for (const text of [input, output]) expect(lint(text, extension)).toEqual(transform(text, extension));
  });
});

test.each(fixtureNames())("on the files of %s, lint and codemod find the same", (name) => {
  for (const [path, text] of fixtureSources(name)) {
    const extension = path.endsWith(".tsx") ? "tsx" : "ts";
    expect(lint(text, extension), path).toEqual(transform(text, extension));
  }
});

/** Declarations are the business of another transform. */
const withoutDeclarations = { "typed-session/no-dead-session-augmentation": "off" } as const;

test("on an application, lint flags what the codemod changes or reports, with the same words", async () => {
  const application = createApplication({
    "src/types.d.ts": `declare namespace Express { interface SessionData { basket: string[] } }\n`,
    "src/requests.ts":
      `import type { Request } from "./request.js";\nexport type { Request };\n` +
      `export interface Loose { session: any }\nexport interface Indexed { session: { [key: string]: any } }\n`,
    "src/a.ts": `import type { Indexed, Loose, Request } from "./requests.js";
export const cast = (req: Request) => (req.session as any).cart;
export const plain = (req: Request) => req.session.cart;
export const anyRequest = (req: any) => req.session.cart;
export const anySession = (req: Loose) => req.session.cart;
export const alias = (req: Loose) => { const session = req.session; return session; };
export const index = (req: Indexed) => req.session.cart;
export const dead = (req: Request) => req.session.basket;
export const comment = (req: Request) => (
  // why
  req.session as any
).cart;
export const wrong = (req: Request) => { (req.session as any).userId = 1; };
export const friend = (ctx: { session: any }) => ctx.session.cart;
`,
  });
  const eslint = new ESLint({
    cwd: application.folder,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ["**/*.ts"], languageOptions: { parser, parserOptions: { projectService: true } } },
      { ...plugin.configs.recommended, rules: { ...plugin.configs.recommended.rules, ...withoutDeclarations } },
    ],
  });
  const results = await eslint.lintFiles(["src"]);
  const flagged = results.flatMap(({ filePath, messages }) => messages.map(({ line }) => `${filePath}:${line}`));
  const reasons = results.flatMap(({ messages }) => messages.map(({ message }) => message));
  const { ledger } = transformProject({ directory: application.folder, transforms: ["remove-session-casts"] });

  expect(flagged).toEqual(ledger.map(({ file, line }) => `${file}:${line}`));
  expect(flagged.map((place) => place.replace(/.*:/, ""))).toEqual(["2", "4", "5", "6", "7", "8", "11", "13"]);
  for (const { untyped } of ledger) {
    if (untyped !== undefined) expect(reasons.filter((each) => each.includes(untyped))).not.toEqual([]);
  }
});
