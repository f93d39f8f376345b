import { Command } from "commander";
import { projectTransforms } from "../project-transforms.js";
import { formatDiff, formatLedger } from "../report.js";
import { transformProject } from "../transform-project.js";
import { isProven } from "../verify/is-proven.js";
import { writeChanges } from "../write/write-changes.js";
import { noSession } from "./no-session.js";
import { tsconfigOption } from "./options.js";
import { refuseUncommitted } from "./refuse-uncommitted.js";

interface TransformFlags {
  readonly dir: string;
  readonly tsconfig?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  $ typed-session-codemod transform remove-session-casts --dry-run
  $ typed-session-codemod transform remove-session-casts remove-dead-augmentation --dir apps/shop

Exit codes: 0 done, or nothing left to do; 1 something could not be verified, or no session was found; 2 bad input.`;

export function transformCommand(): Command {
  return new Command("transform")
    .description("Run transforms over a whole application, verified with its own compiler.")
    .argument("<names...>", `the transforms: ${Object.keys(projectTransforms).join(", ")}`)
    .option("--dir <folder>", "the application's folder", ".")
    .addOption(tsconfigOption())
    .option("--dry-run", "write nothing, show the diff")
    .option("--force", "write although files have uncommitted changes")
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples)
    .action((names: string[], flags: TransformFlags) => {
      process.exitCode = runTransform(names, flags);
    });
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
