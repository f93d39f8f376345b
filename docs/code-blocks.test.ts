import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { codeBlocksOf } from "./code-blocks.fixture.js";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  experimentalDecorators: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A page's code blocks as files beside it; one that begins with `// name.ts` has that name. */
function codeBlocks(page: string): Map<string, string> {
  const text = readFileSync(new URL(page, import.meta.url), "utf8");
  const blocks = codeBlocksOf(text).filter(({ language }) => language === "ts");
  return new Map(
    blocks.map(({ code }, index) => {
      const name = /^\/\/ (\S+\.ts)\n/.exec(code)?.[1] ?? `${page}.${index}.ts`;
      return [fileURLToPath(new URL(name, import.meta.url)), `${code}\nexport {};\n`];
    }),
  );
}

function compile(files: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file?.text.slice(0, start).split("\n").length;
    return `${file?.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

test.each(["frameworks.md", "hosts.md"])("every code block of %s compiles against the built package", (page) => {
  const blocks = codeBlocks(page);
  expect(blocks.size).toBeGreaterThan(5);
  expect(compile(blocks)).toEqual([]);
});
