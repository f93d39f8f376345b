import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { expect, onTestFinished, test } from "vitest";
import { plugin } from "./plugin.js";

const applications = fileURLToPath(new URL("../../codemods/fixtures/", import.meta.url));
const thisPackage = fileURLToPath(new URL("..", import.meta.url));

/** Rules that need types to say anything get what to go by in their place. */
const rules: Linter.RulesRecord = {
  ...Object.fromEntries(Object.keys(plugin.rules).map((name) => [`typed-session/${name}`, "warn"])),
  "typed-session/no-unknown-session-key": ["warn", { keys: ["userId"] }],
  "typed-session/require-session-type": ["warn", { registered: false }],
};

/** A folder with applications that have every kind of untyped session, and the built plugin as one of its packages. */
function createFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-oxlint-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(applications, join(folder, "src"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(thisPackage, join(folder, "node_modules/eslint-plugin-typed-session"));
  return folder;
}

interface OxlintReport {
  readonly diagnostics: readonly {
    readonly message: string;
    readonly code: string;
    readonly filename: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

function lintWithOxlint(cwd: string): string[] {
  const config = { jsPlugins: ["eslint-plugin-typed-session"], categories: { correctness: "off" }, rules };
  writeFileSync(join(cwd, ".oxlintrc.json"), JSON.stringify(config));
  const manifest = createRequire(import.meta.url).resolve("oxlint/package.json");
  const bin = join(dirname(manifest), "bin/oxlint");
  const { stdout, stderr } = spawnSync(process.execPath, [bin, "--format=json", "src"], { cwd, encoding: "utf8" });
  expect(stderr).toBe("");
  const { diagnostics }: OxlintReport = JSON.parse(stdout);
  return diagnostics
    .map(({ filename, labels, code, message }) => {
      const rule = code.replace("typed-session(", "typed-session/").replace(")", "");
      return `${filename}:${labels[0]?.span.line} ${rule} ${message}`;
    })
    .sort();
}

async function lintWithEslint(cwd: string): Promise<string[]> {
  const overrideConfig: Linter.Config[] = [
    { files: ["**/*.ts", "**/*.tsx"], languageOptions: { parser } },
    { ...plugin.configs.recommended, rules },
  ];
  const results = await new ESLint({ cwd, overrideConfigFile: true, overrideConfig }).lintFiles(["src"]);
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => `${relative(cwd, filePath)}:${line} ${ruleId} ${message}`),
    )
    .sort();
}

test("oxlint says what ESLint says without types, of every application and by every rule", async () => {
  const folder = createFolder();
  const found = lintWithOxlint(folder);
  expect(found).toEqual(await lintWithEslint(folder));
  expect(found.length).toBeGreaterThan(100);
});
