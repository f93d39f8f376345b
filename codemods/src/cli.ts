#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { CodemodError } from "./codemod-error.js";
import { uncommittedFiles } from "./application/git.js";
import { diagnose } from "./doctor/diagnose.js";
import { formatDiagnosis } from "./doctor/format-diagnosis.js";
import { projectTransforms } from "./project-transforms.js";
import { formatDiff, formatLedger } from "./report.js";
import { transformProject } from "./transform-project.js";
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
  .option("--tsconfig <path>", "its tsconfig, from that folder (default: tsconfig.json)")
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
  .option("--tsconfig <path>", "its tsconfig, from that folder (default: tsconfig.json)")
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

function runDoctor({ dir, tsconfig, json = false }: DoctorFlags): number {
  const diagnosis = diagnose({ directory: dir, ...(tsconfig === undefined ? {} : { tsconfig }) });
  console.log(json ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis, dir));
  if (diagnosis.sites === 0) console.error(noSession(diagnosis.compiledFiles, diagnosis.tsconfig));
  return diagnosis.sites > 0 && diagnosis.findings.length === 0 ? 0 : 1;
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
  const isProven = result.newErrors.length === 0;
  if (json) console.log(JSON.stringify(result, null, 2));
  else {
    if (dryRun && result.files.length > 0) console.log(formatDiff(result.files, dir));
    console.log(formatLedger(result, dir));
    if (result.sessionsSeen === 0) console.error(noSession(result.compiledFiles, result.tsconfig));
  }
  if (!dryRun && isProven) writeChanges(result.files, dir);
  return isProven && result.sessionsSeen > 0 ? 0 : 1;
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
