import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** Pages whose examples are one program, each with the file of `example-names` that has what its examples name. */
type PagesOfProgram = Readonly<Record<string, string>>;

const programs: Readonly<Record<string, PagesOfProgram>> = {
  "without a registered session": { "typed-session": "typed-session" },
  "with a registered session": {
    "typed-session": "typed-session",
    "typed-session/v3": "v3",
    "typed-session/express": "express",
    "typed-session/express-params": "express",
    "typed-session/fastify": "fastify",
    "typed-session/fetch": "fetch",
    "typed-session/hono": "hono",
    "typed-session/koa": "koa",
    "typed-session/nest": "nest",
    "typed-session/node": "node",
    "typed-session/passport": "express",
    "typed-session-codemod": "codemod",
    "eslint-plugin-typed-session": "shop",
  },
  "on a host": {
    "typed-session/cookie-session": "cookie-session",
    "typed-session/express-session": "express-session",
    "typed-session/fastify-secure-session": "fastify-secure-session",
    "typed-session/fastify-session": "fastify-session",
    "typed-session/iron-session": "iron-session",
    "typed-session/koa-session": "koa-session",
  },
};

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  experimentalDecorators: true,
  skipLibCheck: true,
  noEmit: true,
};

/** What a docstring shows. */
interface Example {
  readonly page: string;
  readonly code: string;
}

/** The examples of a page, in the order of the page; those that an inherited member repeats are one. */
function examplesOf(page: string): Example[] {
  const text = readFileSync(new URL(`api/${page}.md`, import.meta.url), "utf8");
  const codes = [...text.matchAll(/^#+ Example\n\n```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  return [...new Set(codes)].map((code) => ({ page, code }));
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Makes a program of files of the disk, which are parsed once for all programs, and of texts beside them. */
function createProgram(roots: readonly string[], texts: ReadonlyMap<string, string>): ts.Program {
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, version) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version, true);
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, version));
    return parsed.get(name);
  };
  return ts.createProgram([...roots, ...texts.keys()], options, host);
}

/** The example as a file that imports what it names and does not declare. */
function asModule(code: string, names: string, exported: readonly string[]): string {
  const isDeclared = (name: string) =>
    new RegExp(String.raw`\b(?:const|function|class|type|interface) (?:\{[^}]*\b)?${name}\b`).test(code);
  const isNamed = (name: string) => new RegExp(String.raw`(?<![."\w])${name}\b`).test(code);
  const imported = exported.filter((name) => isNamed(name) && !isDeclared(name));
  return `${code}\nimport { ${imported.join(", ")} } from "./example-names/${names}.js";\n`;
}

function exportsOf(program: ts.Program, names: string): string[] {
  const file = program.getSourceFile(here(`example-names/${names}.ts`));
  const module = file && program.getTypeChecker().getSymbolAtLocation(file);
  return module === undefined
    ? []
    : program
        .getTypeChecker()
        .getExportsOfModule(module)
        .map(({ name }) => name);
}

test("every page that has examples is in a program", () => {
  const names = readdirSync(new URL("api/", import.meta.url), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replace(/\.md$/, ""));
  const withExamples = names.filter((name) => examplesOf(name).length > 0);
  expect([...new Set(Object.values(programs).flatMap((pages) => Object.keys(pages)))].sort()).toEqual(
    withExamples.sort(),
  );
});

describe.each(Object.entries(programs))("%s", (kind, pages) => {
  test("every example of a docstring compiles against the built packages", () => {
    const isRegistered = kind === "with a registered session";
    const roots = [...new Set(Object.values(pages))].map((names) => here(`example-names/${names}.ts`));
    const named = createProgram(roots, new Map());
    const examples = Object.keys(pages).flatMap(examplesOf);
    // The root's own examples are those of programs that register nothing, but for the one that does.
    const belongs = ({ page, code }: Example) =>
      page !== "typed-session" || isRegistered === code.includes("interface Register ");
    const texts = new Map(
      examples.filter(belongs).map(({ page, code }, index) => {
        const names = pages[page] ?? "";
        return [here(`${page.replace("/", "-")}.example-${index}.ts`), asModule(code, names, exportsOf(named, names))];
      }),
    );
    expect(texts.size).toBeGreaterThan(5);

    const faults = ts.getPreEmitDiagnostics(createProgram(roots, texts)).map(({ file, start = 0, messageText }) => {
      const line = file?.text.slice(0, start).split("\n").length;
      const around = file?.text.split("\n")[(line ?? 1) - 1];
      return `${file?.fileName}:${line}: ${around}\n${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
    expect(faults).toEqual([]);
  });
});
