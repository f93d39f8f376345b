import assert from "node:assert/strict";
import { relative, sep } from "node:path";
import { ESLint } from "eslint";
import { command } from "./terminal.mjs";

/** @typedef {{ file: string, line: number, rule: string, message: string }} Warning */

/**
 * Lints the application with its own configuration, as its `npm run lint` does.
 *
 * @param {import("./stage.mjs").Stage} stage
 * @returns {Promise<Warning[]>}
 */
export async function lintApp({ app }) {
  command("eslint src");
  const results = await new ESLint({ cwd: app }).lintFiles(["src"]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message, severity, fatal }) => {
      const file = relative(app, filePath).split(sep).join("/");
      assert.ok(!fatal && severity === 1 && ruleId, `Lint could not read ${file}: ${message}`);
      return { file, line, rule: ruleId, message };
    }),
  );
}
