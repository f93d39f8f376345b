import assert from "node:assert/strict";
import { compileApp } from "../app.mjs";
import { lintApp } from "../lint-app.mjs";
import { block, explain, succeed } from "../terminal.mjs";

/** @type {import("./index.mjs").Step} */
export const compileAgain = {
  title: "Compile and lint again",
  async run(stage) {
    explain("From here on, the compiler checks every use of the session that has no cast.");
    await compileApp(stage);
    const before = stage.warnings;
    const left = await lintApp(stage);
    block(left.map(({ file, line, message, rule }) => `${file}:${line}  ${message}  ${rule}`).join("\n"));
    assert.ok(left.length < before, `There were ${before} warnings before the upgrade, and ${left.length} after it.`);
    succeed(`${before} warnings before, ${left.length} after`);
    stage.warnings = left.length;
    return `compiles; ${before} lint warnings before, ${left.length} after`;
  },
};
