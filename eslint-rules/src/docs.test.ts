import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { ESLint, Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { plugin } from "./plugin.js";

const folder = new URL("../docs/rules/", import.meta.url);
const project = fileURLToPath(new URL("../fixtures/typed/", import.meta.url));

test("every rule has its page, and every page its rule", () => {
  const pages = readdirSync(folder).map((name) => name.replace(/\.md$/, ""));
  expect(pages).toEqual(Object.keys(plugin.rules).sort());
});

test("headers, presets, fixes, options and the README's table are as the rules say", () => {
  const bin = createRequire(import.meta.url).resolve("eslint-doc-generator/dist/bin/eslint-doc-generator.js");
  const cwd = fileURLToPath(new URL("../", import.meta.url));
  expect(() =>
    execFileSync(process.execPath, [bin, "--check"], { cwd, encoding: "utf8", stdio: "pipe" }),
  ).not.toThrow();
});

/** A code block of a page: whether the rule is to have something to say about it, and what. */
interface Example {
  readonly code: string;
  readonly options: readonly object[];
  readonly isTyped: boolean;
  /** The page's words, a line each: `line: message`. Of correct code, none. */
  readonly messages: readonly string[];
}

describe.each(Object.entries(plugin.rules))("the page of %s", (name, rule) => {
  const examples = examplesIn(readFileSync(new URL(`${name}.md`, folder), "utf8"));

  test("is where the rule's URL leads to", () => {
    expect(rule.meta.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
  });

  test.each(examples)("says what the rule says of $code", async ({ code, options, isTyped, messages }) => {
    const reported = isTyped ? await lintTyped(name, options, code) : lint(name, options, code);
    expect(reported.map(({ line, message }) => `${line}: ${message}`)).toEqual(messages);
  });

  test("shows each message, and correct code", async () => {
    const reported = await Promise.all(
      examples.map(({ code, options, isTyped }) => (isTyped ? lintTyped : lint)(name, options, code)),
    );
    const shown = new Set(reported.flat().map(({ messageId }) => messageId));
    const suggested = new Set(["remove"]);
    expect([...shown].sort()).toEqual(
      Object.keys(rule.meta.messages)
        .filter((id) => !suggested.has(id))
        .sort(),
    );
    expect(examples.some(({ messages }) => messages.length === 0)).toBe(true);
  });
});

test("an example in the README's head is what it says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const links = [...readme.matchAll(/\]\((docs\/rules\/[^)]+)\)/g)].map(([, path = ""]) => path);
  expect(new Set(links).size).toBe(Object.keys(plugin.rules).length);
});

/** Blocks of code below a heading that says `Incorrect` or `Correct`; of incorrect code, with the block of messages that follows. */
function examplesIn(page: string): Example[] {
  return page.split(/^#{2,3} /m).flatMap((section) => {
    const [title = ""] = section.split("\n");
    if (!/^(?:In)?correct/i.test(title)) return [];
    const blocks = section.matchAll(/^```ts(?: option='(.*)')?\n([^]*?)^```\n(?:\n```text\n([^]*?)^```)?/gm);
    return [...blocks].map(([, option, code = "", messages = ""]): Example => {
      expect(messages !== "", `${title}: ${code}`).toBe(title.startsWith("Incorrect"));
      return {
        code,
        options: option === undefined ? [] : [JSON.parse(option)],
        isTyped: title.endsWith("with type information"),
        messages: messages.split("\n").filter((line) => line !== ""),
      };
    });
  });
}

function configOf(rule: string, options: readonly object[], parserOptions: object): Linter.Config[] {
  return [
    { files: ["**/*.ts"], languageOptions: { parser, parserOptions: { ...parserOptions } } },
    { ...plugin.configs.recommended, rules: { [`typed-session/${rule}`]: ["warn", ...options] } },
  ];
}

function lint(rule: string, options: readonly object[], code: string): Linter.LintMessage[] {
  return new Linter().verify(code, configOf(rule, options, {}), "file.ts");
}

async function lintTyped(rule: string, options: readonly object[], code: string): Promise<Linter.LintMessage[]> {
  const overrideConfig = configOf(rule, options, { projectService: true, tsconfigRootDir: project });
  const eslint = new ESLint({ cwd: project, overrideConfigFile: true, overrideConfig });
  const results = await eslint.lintText(code, { filePath: "file.ts" });
  return results.flatMap(({ messages }) => messages);
}
