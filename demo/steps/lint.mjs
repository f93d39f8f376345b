import assert from "node:assert/strict";
import { lintApp } from "../lint-app.mjs";
import { block, explain, succeed, table } from "../terminal.mjs";

const shownWarnings = 12;

/** @type {import("./index.mjs").Step} */
export const lint = {
  title: "What lint says about it",
  async run(stage) {
    explain("eslint-plugin-typed-session, as the application's own eslint.config.mjs sets it up.");
    const warnings = await lintApp(stage);
    assert.notEqual(warnings.length, 0, "Lint found nothing in an application full of casts.");

    block(warnings.slice(0, shownWarnings).map(describe).join("\n"));
    if (warnings.length > shownWarnings) block(`… and ${warnings.length - shownWarnings} more`);
    const perRule = countByRule(warnings);
    table([...perRule].map(([rule, count]) => [String(count).padStart(3), rule]));
    succeed(`${warnings.length} warnings`);
    stage.warnings = warnings.length;
    return `${warnings.length} warnings by ${perRule.size} rules`;
  },
};

/** @param {import("../lint-app.mjs").Warning} warning */
function describe({ file, line, message, rule }) {
  return `${file}:${line}  ${message}  ${rule}`;
}

/** @param {readonly import("../lint-app.mjs").Warning[]} warnings */
function countByRule(warnings) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { rule } of warnings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
