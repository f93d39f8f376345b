#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import colors from "picocolors";
import { CodemodError } from "./codemod-error.js";
import { uncommittedFiles } from "./application/git.js";
import { diagnose } from "./doctor/diagnose.js";
import { formatDiagnosis } from "./doctor/format-diagnosis.js";
import { projectTransforms } from "./project-transforms.js";
import { hostNames } from "./registration/find-registration.js";
import { count, formatDiff, formatLedger } from "./report.js";
import type { SchemaKind } from "./schema/session-source.js";
import { transformProject } from "./transform-project.js";
import { upgradeProject, type UpgradeProjectOptions, type UpgradeResult } from "./upgrade-project.js";
import { formatKeys, formatUpgrade } from "./upgrade-report.js";
import { isProven } from "./verify/is-proven.js";
import { undoChanges } from "./write/undo-changes.js";
import { writeChanges } from "./write/write-changes.js";

interface DoctorFlags {
  readonly dir: string;
  readonly tsconfig?: string;
  readonly json?: boolean;
}

interface TransformFlags extends DoctorFlags {
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

interface UpgradeFlags {
  readonly tsconfig?: string;
  readonly schema?: SchemaKind;
  readonly host?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly maxRung?: string;
  readonly checkAll?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const schemaKinds: readonly SchemaKind[] = ["zod", "valibot", "arktype", "types"];

const { version }: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const program = new Command("typed-session-codemod")
  .description("Turns casts on server sessions into the typed API, and proves that only types changed.")
  .version(version)
  .exitOverride();

program
  .command("transform")
  .description("Run transforms over a whole application, verified with its own compiler.")
  .argument("<names...>", `the transforms: ${Object.keys(projectTransforms).join(", ")}`)
  .option("--dir <folder>", "the application's folder", ".")
  .addOption(tsconfigOption())
  .option("--dry-run", "write nothing, show the diff")
  .option("--force", "write although files have uncommitted changes")
  .option("--json", "print the result as JSON")
  .addHelpText(
    "after",
    `
Examples:
  $ typed-session-codemod transform remove-session-casts --dry-run
  $ typed-session-codemod transform remove-session-casts remove-dead-augmentation --dir apps/shop

Exit codes: 0 done, or nothing left to do; 1 something could not be verified, or no session was found; 2 bad input.`,
  )
  .action((names: string[], flags: TransformFlags) => {
    process.exitCode = runTransform(names, flags);
  });

program
  .command("upgrade")
  .description(
    "Take a whole application to a typed session: infer it, register it, repair declarations, remove casts, verify.",
  )
  .argument("[dir]", "the application's folder", ".")
  .addOption(tsconfigOption())
  .addOption(schemaOption())
  .addOption(hostOption())
  .option("--include <globs...>", "the only files that may change")
  .option("--exclude <globs...>", "files that may not change")
  .addOption(new Option("--max-rung <rung>", "the last rung that may be used").choices(["1", "2", "3"]).default("3"))
  .option("--check-all", "check the whole program at the end, not only the files whose errors can change")
  .option("--dry-run", "write nothing, show the diff")
  .option("--force", "write although files have uncommitted changes")
  .option("--json", "print the result as JSON")
  .addHelpText(
    "after",
    `
Examples:
  $ typed-session-codemod upgrade --dry-run
  $ typed-session-codemod upgrade apps/shop --schema zod
  $ typed-session-codemod upgrade --include src/routes --max-rung 2

Exit codes: 0 done, or nothing left to do; 1 something could not be verified, or no session was found; 2 bad input.`,
  )
  .action((dir: string, flags: UpgradeFlags) => {
    process.exitCode = runUpgrade(dir, flags);
  });

program
  .command("infer")
  .description("Print the session file that an upgrade would write, with the evidence for each key. Changes nothing.")
  .argument("[dir]", "the application's folder", ".")
  .addOption(tsconfigOption())
  .addOption(schemaOption())
  .addOption(hostOption())
  .option("--json", "print the keys as JSON")
  .action((dir: string, flags: UpgradeFlags) => {
    process.exitCode = runInfer(dir, flags);
  });

program
  .command("undo")
  .description("Take back what the last run wrote, to the byte.")
  .option("--dir <folder>", "the application's folder", ".")
  .action(({ dir }: { readonly dir: string }) => {
    const undone = undoChanges(dir);
    console.log(`${undone.length === 1 ? "1 file is" : `${undone.length} files are`} as before.`);
  });

program
  .command("doctor")
  .description("Say why the session is untyped, where, and what to do about it. Changes nothing.")
  .option("--dir <folder>", "the application's folder", ".")
  .addOption(tsconfigOption())
  .option("--json", "print the diagnosis as JSON")
  .addHelpText(
    "after",
    `
Examples:
  $ typed-session-codemod doctor
  $ typed-session-codemod doctor --dir apps/shop --json

Exit codes: 0 everything is typed; 1 something is not, or no session was found; 2 bad input.`,
  )
  .action((flags: DoctorFlags) => {
    process.exitCode = runDoctor(flags);
  });

function tsconfigOption(): Option {
  return new Option("--tsconfig <path>", "its tsconfig, from that folder (default: tsconfig.json)");
}

function schemaOption(): Option {
  return new Option("--schema <kind>", "what the session file is written with").choices(schemaKinds);
}

function hostOption(): Option {
  const description = "the session library (default: the one that the application has)";
  return new Option("--host <package>", description).choices(hostNames);
}

function runDoctor({ dir, tsconfig, json = false }: DoctorFlags): number {
  const diagnosis = diagnose({ directory: dir, ...(tsconfig === undefined ? {} : { tsconfig }) });
  console.log(json ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis, dir));
  if (diagnosis.sites === 0) console.error(noSession(diagnosis.compiledFiles, diagnosis.tsconfig));
  return diagnosis.sites > 0 && diagnosis.findings.length === 0 ? 0 : 1;
}

function runUpgrade(dir: string, flags: UpgradeFlags): number {
  const { dryRun = false, json = false, force = false } = flags;
  if (!dryRun && !force) refuseUncommitted(dir);
  const result = upgradeProject(upgradeOptions(dir, flags));
  if (json) console.log(JSON.stringify(result, null, 2));
  else {
    if (dryRun && result.files.length > 0) console.log(formatDiff(result.files, dir));
    console.log(formatUpgrade(result, dir));
  }
  if (result.places === 0) {
    console.error(noSession(result.compiledFiles, result.tsconfig));
    return 1;
  }
  if (!isProven(result)) {
    console.error("The result could not be verified. Nothing was written.");
    return 1;
  }
  if (!dryRun) writeChanges(result.files, dir);
  if (!json) console.log(closingLine(result, dryRun));
  return 0;
}

function closingLine({ files, ledger }: UpgradeResult, dryRun: boolean): string {
  const left = ledger.filter(({ kind, rung }) => kind !== "declaration" && rung === 4).length;
  const leftover = left === 0 ? "" : ` ${count(left, "place")} left as it was, with the reason above.`;
  if (files.length === 0)
    return left === 0 ? "Everything is typed already: nothing to do." : `Nothing to change.${leftover}`;
  if (dryRun) return `Nothing was written.${leftover}`;
  return `Written.${leftover} To take it back: typed-session-codemod undo.`;
}

function runInfer(dir: string, flags: UpgradeFlags): number {
  const result = upgradeProject(upgradeOptions(dir, flags));
  if (result.places === 0) {
    console.error(noSession(result.compiledFiles, result.tsconfig));
    return 1;
  }
  if (flags.json === true) {
    console.log(JSON.stringify({ sessionFile: result.sessionFile, schema: result.schema, keys: result.keys }, null, 2));
    return 0;
  }
  const file = result.files.find(({ path }) => path === result.sessionFile);
  if (file !== undefined) console.log(file.after);
  console.log(formatKeys(result, dir, Infinity).join("\n"));
  return 0;
}

function upgradeOptions(directory: string, flags: UpgradeFlags): UpgradeProjectOptions {
  const { tsconfig, schema, host, include, exclude, maxRung = "3", checkAll = false } = flags;
  return {
    directory,
    ...(tsconfig === undefined ? {} : { tsconfig }),
    ...(schema === undefined ? {} : { schema }),
    ...(host === undefined ? {} : { host }),
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
    maxRung: maxRung === "1" ? 1 : maxRung === "2" ? 2 : 3,
    checkAll,
    onProgress: showProgress,
  };
}

/** A line on the terminal for each step; nothing where nobody watches. */
function showProgress(step: string): void {
  if (process.stderr.isTTY && process.env["CI"] === undefined) console.error(colors.dim(`${step} …`));
}

function runTransform(
  names: readonly string[],
  { dir, tsconfig, dryRun = false, json = false, force = false }: TransformFlags,
): number {
  if (!dryRun && !force) refuseUncommitted(dir);
  const result = transformProject({
    directory: dir,
    transforms: names,
    ...(tsconfig === undefined ? {} : { tsconfig }),
  });
  if (json) console.log(JSON.stringify(result, null, 2));
  else {
    if (dryRun && result.files.length > 0) console.log(formatDiff(result.files, dir));
    console.log(formatLedger(result, dir));
    if (result.sessionsSeen === 0) console.error(noSession(result.compiledFiles, result.tsconfig));
  }
  if (!dryRun && isProven(result)) writeChanges(result.files, dir);
  return isProven(result) && result.sessionsSeen > 0 ? 0 : 1;
}

/** With everything committed, version control shows exactly what a run has changed. */
function refuseUncommitted(dir: string): void {
  const [first, ...others] = uncommittedFiles(dir) ?? [];
  if (first === undefined) return;
  const files = others.length === 0 ? first : `${first} and ${others.length} more`;
  throw new CodemodError(`There are uncommitted changes: ${files}. Commit or stash them first, or say --force.`);
}

function noSession(compiledFiles: number, tsconfig: string): string {
  return (
    `None of the ${compiledFiles} files that ${tsconfig} compiles reads the session of a request. ` +
    "If the application has sessions, name the tsconfig that compiles those files with --tsconfig."
  );
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CodemodError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof Error && "exitCode" in error) return error.exitCode === 0 ? 0 : 2;
  throw error;
}
