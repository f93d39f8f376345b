import { join, relative } from "node:path";
import ts from "typescript";
import { expect } from "vitest";
import type { TestApplication } from "./application.fixture.js";
import { createCachingHost } from "./caching-host.fixture.js";
import { copyFixture, programsOf } from "./fixture-application.fixture.js";
import { formatDiff } from "./report.js";
import { upgradeProject } from "./upgrade-project.js";
import type { UpgradeResult } from "./upgrade-result.js";
import { writeChanges } from "./write/write-changes.js";

/** An upgrade of a fixture, of which everything held that every upgrade promises. */
export interface UpgradedFixture {
  readonly application: TestApplication;
  /** One for each program of the fixture, in the order in which they were upgraded. */
  readonly results: readonly UpgradeResult[];
}

/**
 * Upgrades the programs of a fixture one after the other, and checks what every upgrade promises: no new error, the same
 * emitted JavaScript for every file that was there, and a second run that changes nothing.
 */
export function upgradeFixture(name: string): UpgradedFixture {
  const application = copyFixture(name);
  const folders = programsOf(name).map(application.path);
  const before = folders.map(compileAlone);
  const results = folders.map((directory) => {
    const result = upgradeProject({ directory });
    expect(result.newErrors).toEqual([]);
    writeChanges(result.files, directory);
    return result;
  });
  for (const [index, directory] of folders.entries()) {
    const { errors = [], emitted = [] } = before[index] ?? {};
    const after = compileAlone(directory);
    expect(after.errors.filter((error) => !errors.includes(error))).toEqual([]);
    for (const [file, text] of emitted) expect(after.emitted.get(file), file).toBe(text);
    expect(upgradeProject({ directory }).files).toEqual([]);
  }
  return { application, results };
}

/** An application compiled by a program of its own, without any of the codemod's machinery. */
function compileAlone(folder: string): { errors: string[]; emitted: Map<string, string> } {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: failOn };
  const config = ts.getParsedCommandLineOfConfigFile(join(folder, "tsconfig.json"), {}, host);
  if (config === undefined) throw new Error(`${folder}/tsconfig.json can't be read`);
  const options = { ...config.options, removeComments: true, noEmit: false };
  const program = ts.createProgram(config.fileNames, options, createCachingHost(options));
  const emitted = new Map<string, string>();
  program.emit(undefined, (file, text) => emitted.set(relative(folder, file), text.replace(/\s+/g, " ")));
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const at = file === undefined ? "" : relative(folder, file.fileName);
    return `${at}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  return { errors, emitted };
}

function failOn({ messageText }: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, " "));
}

const verdicts = {
  1: "typed",
  2: "typed, with ! on the value",
  3: "typed, with a cast of the value",
  4: "left as it was",
} as const;

/** What came of an upgrade, for people to judge: how the places ended, which not plainly, and the changes. */
export function describeUpgrade({ application: { folder }, results }: UpgradedFixture): string {
  return results.map((result) => describeResult(result, folder)).join("\n");
}

function describeResult(result: UpgradeResult, folder: string): string {
  const { places, untypedBefore, ledger, files, notes, host = "none", keys } = result;
  const rows = ledger.filter(({ kind }) => kind !== "declaration");
  const on = (rung: 1 | 2 | 3 | 4) => `${rows.filter((row) => row.rung === rung).length} ${verdicts[rung]}`;
  const untypedKeys = keys.filter(({ type }) => type === "any").map(({ key }) => key);
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return [
    `Session library: ${host}`,
    `Keys: ${keys.length}${untypedKeys.length === 0 ? "" : `, any: ${untypedKeys.join(", ")}`}`,
    `Places: ${places}, ${untypedBefore} of them untyped before`,
    `Now: ${on(1)}; ${on(2)}; ${on(3)}; ${on(4)}`,
    ...rows
      .filter(({ rung }) => rung !== 1)
      .map(({ file, line, found, rung }) => `  ${relative(folder, file)}:${line} ${found}: ${verdicts[rung]}`),
    ...notes.map((note) => `Note: ${note}`),
    "",
    formatDiff(sorted, folder),
  ].join("\n");
}
