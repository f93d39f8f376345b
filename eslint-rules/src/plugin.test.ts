import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { ESLint, Linter } from "eslint";
import { ESLint as ESLint9 } from "eslint-9";
import { describe, expect, onTestFinished, test } from "vitest";
import { plugin } from "./plugin.js";
import type { TypedSessionPlugin } from "./plugin-types.js";

const files = {
  "tsconfig.json": `{ "compilerOptions": { "strict": true, "types": [] }, "include": ["src"] }`,
  "src/request.ts": "export interface Request { session: { [key: string]: any } }\n",
  "src/a.ts":
    `import type { Request } from "./request";\n` +
    "export const a = (req: Request) => (req.session as any).a;\n" +
    "export const b = (req: Request) => req.session.b;\n" +
    "export const c = (req: any) => req.session.c;\n",
  "src/react.tsx": "export const D = ({ req }: { req: any }) => <p>{(req.session as any).d}</p>;\n",
  "src/plain.js": "export const e = (req) => req.session.e;\n",
};

function createProject(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-eslint-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "src"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const engines = [
  ["9", ESLint9],
  ["10", ESLint],
] as const;

describe.each(engines)("on ESLint %s, recommended", (version, Engine) => {
  async function lint(parserOptions: Readonly<Record<string, unknown>>): Promise<string[]> {
    const cwd = createProject();
    const eslint = new Engine({
      cwd,
      overrideConfigFile: true,
      overrideConfig: [
        { files: ["**/*.{ts,tsx}"], languageOptions: { parser, parserOptions } },
        { files: ["**/*.js"] },
        plugin.configs.recommended,
      ],
    });
    const results = await eslint.lintFiles(["src"]);
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, severity }) => `${filePath.slice(cwd.length + 5)}:${line} ${severity} ${ruleId}`),
    );
  }

  test("is what it says", () => {
    expect(Engine.version.startsWith(`${version}.`)).toBe(true);
  });

  test("goes with every other preset, and with the plugin's own rules", async () => {
    const overrideConfig = [
      { files: ["**/*.ts"], languageOptions: { parser }, plugins: { "typed-session": plugin } },
      ...Object.values(plugin.configs),
      { rules: { "typed-session/no-session-non-null": "error" as const } },
    ];
    const eslint = new Engine({ cwd: createProject(), overrideConfigFile: true, overrideConfig });
    const [{ messages } = expect.fail("nothing was linted")] = await eslint.lintText("(req.session as any).a!;", {
      filePath: "src/a.ts",
    });
    expect(messages.map(({ ruleId, severity }) => `${severity} ${ruleId}`)).toEqual([
      "2 typed-session/no-session-non-null",
      "2 typed-session/no-session-cast",
    ]);
  });

  test("warns without a project", async () => {
    expect(await lint({})).toEqual([
      "a.ts:2 1 typed-session/no-session-cast",
      "a.ts:4 1 typed-session/no-untyped-session-access",
      "react.tsx:1 1 typed-session/no-session-cast",
    ]);
  });

  test("finds more with one", async () => {
    expect(await lint({ projectService: true })).toEqual([
      "a.ts:2 1 typed-session/no-session-cast",
      "a.ts:3 1 typed-session/no-untyped-session-access",
      "a.ts:4 1 typed-session/no-untyped-session-access",
      "react.tsx:1 1 typed-session/no-session-cast",
    ]);
  });
});

test("JavaScript is read with ESLint's own parser", () => {
  const code = "const f = ({ session: { cart } = {}, ...rest }, [a] = [], ...more) => { const { session } = f; };";
  const reported = new Linter().verify(code, [{ ...plugin.configs.recommended, files: ["**/*.js"] }], "file.js");
  expect(reported).toEqual([]);
});

test.each(Object.entries(plugin.rules))("a file without the word has no listener of %s", (_name, rule) => {
  const sourceCode = onlyWith("text", "const a = 1;");
  expect(rule.create(onlyWith("sourceCode", sourceCode))).toEqual({});
});

/** An object that is asked for one of its members at most. */
function onlyWith(member: string, value: unknown): object {
  return new Proxy(
    {},
    {
      get(_target, name) {
        if (name === member) return value;
        throw new Error(`The rule asked for ${String(name)}.`);
      },
    },
  );
}

test("the presets are what the snapshot shows", async () => {
  const presets = Object.entries(plugin.configs).map(([name, { rules }]) => [name, rules]);
  await expect(JSON.stringify(Object.fromEntries(presets), null, 2)).toMatchFileSnapshot("presets.snapshot.json");
});

test("the rules' options are what the snapshot shows", async () => {
  const options = Object.entries(plugin.rules).map(([name, { meta }]) => [name, meta.schema]);
  await expect(JSON.stringify(Object.fromEntries(options), null, 2)).toMatchFileSnapshot("options.snapshot.json");
});

test("the built plugin can be required, as the README says", () => {
  const required: { default: TypedSessionPlugin } = createRequire(import.meta.url)("eslint-plugin-typed-session");
  expect(Object.keys(required.default.rules)).toEqual(Object.keys(plugin.rules));
});
