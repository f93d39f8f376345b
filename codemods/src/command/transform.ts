import { Command } from "commander";
import { projectTransforms } from "../project-transforms.js";
import { transformProjects } from "../projects/transform-projects.js";
import { formatDiff, formatLedger } from "../report.js";
import type { TransformResult } from "../transform-project.js";
import { isProven } from "../verify/is-proven.js";
import { writeChanges } from "../write/write-changes.js";
import { noSession } from "./no-session.js";
import { tsconfigOption } from "./options.js";
import { printJson } from "./print-json.js";
import { withProgress } from "./progress.js";
import { refuseUncommitted } from "./refuse-uncommitted.js";
import { formatSections } from "./sections.js";

interface TransformFlags {
  readonly dir: string;
  readonly tsconfig?: readonly string[];
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
  { dir, tsconfig = [], dryRun = false, json = false, force = false }: TransformFlags,
): number {
  if (!dryRun && !force) refuseUncommitted(dir);
  const { projects, files } = withProgress((onProgress) =>
    transformProjects({ directory: dir, transforms: names, tsconfigs: tsconfig, namedBy: "with --dir", onProgress }),
  );
  const verified = projects.every(isProven);
  const found = projects.some(({ sessionsSeen }) => sessionsSeen > 0);
  const isWritten = verified && !dryRun && files.length > 0;
  if (isWritten) writeChanges(files, dir);
  if (json) printJson({ verified, written: isWritten, projects }, dir);
  else {
    if (dryRun && files.length > 0) console.log(formatDiff(files, dir));
    console.log(formatSections(projects, dir, hasSession, (project) => formatLedger(project, dir)));
  }
  if (!found) console.error(noSession(projects, dir));
  if (!verified) console.error("The result could not be verified. Nothing was written.");
  return verified && found ? 0 : 1;
}

function hasSession({ sessionsSeen, ledger }: TransformResult): boolean {
  return sessionsSeen > 0 || ledger.length > 0;
}
