import { readdirSync, readFileSync } from "node:fs";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { plugin } from "./plugin.js";

const folder = new URL("../docs/rules/", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("every rule has its page, and every page its rule", () => {
  const pages = readdirSync(folder).map((name) => name.replace(/\.md$/, ""));
  expect(pages).toEqual(Object.keys(plugin.rules).sort());
});

describe.each(Object.entries(plugin.rules))("the page of %s", (name, rule) => {
  const page = readFileSync(new URL(`${name}.md`, folder), "utf8");
  const sections = page.split(/^## /m);

  test("begins with the rule's name and description, and its URL leads to it", () => {
    expect(page.startsWith(`# ${name}\n\n${rule.meta.docs?.description}.\n`)).toBe(true);
    expect(rule.meta.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
  });

  test("names the preset that the rule is in", () => {
    const severity = plugin.configs.recommended.rules?.[`typed-session/${name}`];
    expect(page.includes("In the preset `recommended`, as a warning.")).toBe(severity === "warn");
    expect(readme).toMatch(new RegExp(`\\[${name}\\]\\(docs/rules/${name}\\.md\\) *\\| ${String(severity)} `));
  });

  test.each(examplesIn(sections, "Incorrect"))(
    "calls this incorrect, and the rule every statement of it: %s",
    (code) => {
      const reported = new Set(messages(name, code).map(({ line }) => line));
      expect(reported.size).toBe(linesWithSession(code));
    },
  );

  test.each(examplesIn(sections, "Correct"))("calls this correct, and so does the rule: %s", (code) => {
    expect(messages(name, code)).toEqual([]);
  });
});

function examplesIn(sections: readonly string[], title: string): string[] {
  const section = sections.find((each) => each.startsWith(`${title}\n`)) ?? "";
  return [...section.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code = ""]) => code);
}

/** Each line of an example that touches a session is one site. A comment above one is reported in its place. */
function linesWithSession(code: string): number {
  return code.split("\n").filter((line) => /session\b/.test(line) && !line.startsWith("import")).length;
}

function messages(rule: string, code: string): Linter.LintMessage[] {
  return new Linter().verify(
    code,
    [
      { files: ["**/*.ts"], languageOptions: { parser } },
      { ...plugin.configs.recommended, rules: { [`typed-session/${rule}`]: "warn" } },
    ],
    "file.ts",
  );
}
