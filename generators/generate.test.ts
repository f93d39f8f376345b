import { execFile } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { check, resolveConfig } from "prettier";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generate, type Generated } from "./generate.js";
import { kinds } from "./kinds.js";
import { fillIn, namesOf } from "./names.js";
import { writtenByAuthors } from "./written.fixture.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const kindNames = Object.keys(kinds);
let copy: string;

/** What was made of each kind and left as it is, and what an author wrote in. */
const open: Generated[] = [];
const written: Generated[] = [];

beforeAll(async () => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), "typed-session-new-")));
  for (const path of ["src", "sites/src", "eslint-rules/src", "eslint-rules/docs", "codemods/src"]) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  for (const path of ["package.json", "tsconfig.base.json", "tsconfig.json", ".prettierrc.json"]) {
    cpSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  for (const kind of kindNames) {
    open.push(await generate(copy, kind, "open"));
    written.push(await generate(copy, kind, "a-name-of-some-length"));
    write(kind, "a-name-of-some-length");
  }
}, 60_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function write(kind: string, name: string): void {
  const names = namesOf(name);
  if (names === undefined) throw new Error(`${name} is no name`);
  for (const [file, open, code] of writtenByAuthors[kind] ?? []) {
    const path = join(copy, fillIn(file, names));
    const text = readFileSync(path, "utf8");
    if (!open.test(text)) throw new Error(`${file} has nothing like ${open}`);
    writeFileSync(path, text.replace(open, code));
  }
}

/** Of one file: what it imports is checked with the project. */
function diagnosticsOf(program: ts.Program, path: string): readonly ts.Diagnostic[] {
  const file = program.getSourceFile(path);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
}

function filesOf(generated: readonly Generated[]): string[] {
  return [...new Set(generated.flatMap(({ made, changed }) => [...made, ...changed]))];
}

test("what is made compiles", () => {
  const { config } = ts.readConfigFile(join(copy, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, copy);
  // The one list that is a test is run below, and needs types of jscodeshift that take seconds.
  const sources = filesOf(open).filter((file) => file.endsWith(".ts") && !/__testfixtures__|-fixtures\./.test(file));
  expect(sources.length).toBeGreaterThan(8);
  const program = ts.createProgram(
    sources.map((file) => join(copy, file)),
    options,
  );
  const faults = sources
    .flatMap((name) => diagnosticsOf(program, join(copy, name)))
    .map(({ file, start = 0, messageText }) => {
      const line = file?.text.slice(0, start).split("\n").length;
      return `${relative(copy, file?.fileName ?? "")}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  expect(faults).toEqual([]);
});

test("what is made is formatted, and so are the lists that it is entered in", async () => {
  const config = await resolveConfig(join(copy, "package.json"));
  const badly = [];
  for (const file of filesOf(open)) {
    const text = readFileSync(join(copy, file), "utf8");
    if (!(await check(text, { ...config, filepath: file }))) badly.push(file);
  }
  expect(badly).toEqual([]);
});

/** What vitest's JSON report says of a test. */
interface Outcome {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** Runs the tests of what was made, by the suites that every other of its kind runs. */
async function runTests(): Promise<Outcome[]> {
  const report = join(copy, "report.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const files = [...open, ...written].map(({ test: path }) => path.split(" ", 1)[0] ?? "");
  // Of the transforms' one test file, those that were made, but for what needs them built.
  const pattern = "^(?!with plain jscodeshift).*(Open|open|AName|a-name)";
  const flags = ["--root", copy, "--reporter=json", `--outputFile=${report}`, "-t", pattern];
  await new Promise<void>((resolve) => {
    execFile(process.execPath, [vitest, "run", ...flags, ...new Set(files)], { cwd: copy }, () => resolve());
  });
  const { testResults }: { testResults: { assertionResults: Outcome[] }[] } = JSON.parse(readFileSync(report, "utf8"));
  return testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status !== "skipped");
}

test("its test runs: what is open fails and says what to write, and what is written keeps the contract of its kind", async () => {
  const outcomes = await runTests();
  const isOpen = ({ fullName }: Outcome) => /\bopen\b|Open/.test(fullName);
  const ofWritten = outcomes.filter((outcome) => !isOpen(outcome));
  expect(ofWritten.filter(({ status }) => status !== "passed").map(({ failureMessages }) => failureMessages)).toEqual(
    [],
  );
  expect(ofWritten.length).toBeGreaterThan(40);

  const messages = outcomes
    .filter(isOpen)
    .flatMap(({ failureMessages }) => failureMessages.map((message) => message.split("\n", 1)[0]));
  expect(messages.filter((message) => !message?.includes("Still to be written, in "))).toEqual([]);
  for (const file of ["src/stores/open.ts", "src/adapters/open.test.ts", "rules/open.ts", "transforms/open.ts"]) {
    expect(
      messages.some((message) => message?.includes(file)),
      file,
    ).toBe(true);
  }
});

test("nothing is written over, and nothing is half made", async () => {
  const sources = () => readdirSync(join(copy, "src"), { recursive: true, encoding: "utf8" }).sort();
  const before = sources();
  const index = readFileSync(join(copy, "src/stores/index.ts"), "utf8");
  await expect(generate(copy, "store", "memory")).rejects.toThrow("src/stores/memory.test.ts is there already");
  await expect(generate(copy, "adapter", "koa-session")).rejects.toThrow(`has an entry "./koa-session" already`);
  expect(readFileSync(join(copy, "src/stores/index.ts"), "utf8")).toBe(index);
  expect(sources()).toEqual(before);
});

test.each([
  ["stores", "mongo", `There is no kind "stores". Name one of: store, adapter, rule, transform.`],
  ["constructor", "mongo", `There is no kind "constructor".`],
  ["store", "Mongo", `"Mongo" is no name for code in kebab case. Write it in small letters, such as: dynamo.`],
  ["store", "../mongo", `"../mongo" is no name for code in kebab case.`],
  ["rule", "no--x", `"no--x" is no name for code in kebab case.`],
  ["transform", "delete", `"delete" is no name for code in kebab case.`],
  ["store", "mongo-store", `"mongo-store" says what it is twice. Leave "store" out, such as: dynamo.`],
])("%s %s is refused, with what to do", async (kind, name, message) => {
  await expect(generate(copy, kind, name)).rejects.toThrow(message);
});
