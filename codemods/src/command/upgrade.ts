import { Command, Option } from "commander";
import { upgradeProjects } from "../projects/upgrade-projects.js";
import { count, formatDiff } from "../report.js";
import type { UpgradeResult } from "../upgrade-result.js";
import { formatUpgrade } from "../upgrade-report.js";
import { isProven } from "../verify/is-proven.js";
import { writeChanges } from "../write/write-changes.js";
import { noSession } from "./no-session.js";
import {
  engineOption,
  hostOption,
  schemaOption,
  tsconfigOption,
  upgradeOptions,
  type UpgradeFlags,
} from "./options.js";
import { printJson } from "./print-json.js";
import { withProgress } from "./progress.js";
import { refuseUncommitted } from "./refuse-uncommitted.js";
import { formatSections } from "./sections.js";

const description =
  "Take a whole application to a typed session: infer it, register it, repair declarations, remove casts, verify.";

const examples = `
Examples:
  $ typed-session-codemod upgrade --dry-run
  $ typed-session-codemod upgrade apps/shop --schema zod
  $ typed-session-codemod upgrade --include src/routes --max-rung 2
  $ typed-session-codemod upgrade --mark
  $ typed-session-codemod upgrade --tsconfig tsconfig.json --tsconfig tsconfig.build.json
  $ typed-session-codemod upgrade .          in the root of a workspace: every package that has a tsconfig
  $ typed-session-codemod upgrade --json --dry-run > upgrade.json

Without --tsconfig: the folder's tsconfig.json, what it references, and those of the packages of its workspace.

Exit codes: 0 done, or nothing left to do; 1 something could not be verified, or no session was found; 2 bad input.`;

export function upgradeCommand(): Command {
  return new Command("upgrade")
    .description(description)
    .argument("[dir]", "the application's folder", ".")
    .addOption(tsconfigOption())
    .addOption(schemaOption())
    .addOption(hostOption())
    .option("--include <globs...>", "the only files that may change")
    .option("--exclude <globs...>", "files that may not change")
    .addOption(new Option("--max-rung <rung>", "the last rung that may be used").choices(["1", "2", "3"]).default("3"))
    .addOption(engineOption())
    .option("--check-all", "check the whole program at the end, not only the files whose errors can change")
    .option("--bump-types", "move types of the session library that are too old, in package.json")
    .option("--mark", "leave a TODO(typed-session) comment above each place that stays as it was")
    .option("--dry-run", "write nothing, show the diff")
    .option("--force", "write although files have uncommitted changes")
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples)
    .action((dir: string, flags: UpgradeFlags) => {
      process.exitCode = runUpgrade(dir, flags);
    });
}

function runUpgrade(dir: string, flags: UpgradeFlags): number {
  const { dryRun = false, json = false, force = false } = flags;
  if (!dryRun && !force) refuseUncommitted(dir);
  const { projects, files } = withProgress((onProgress) =>
    upgradeProjects({ ...upgradeOptions(dir, flags), onProgress }),
  );
  const verified = projects.every(isProven);
  const hasSession = ({ places }: UpgradeResult) => places > 0;
  const isDone = verified && projects.some(hasSession);
  if (isDone && !dryRun) writeChanges(files, dir);
  if (json) printJson({ verified, written: isDone && !dryRun && files.length > 0, projects }, dir);
  else {
    if (dryRun && files.length > 0) console.log(formatDiff(files, dir));
    const isTold = (project: UpgradeResult) => hasSession(project) || !isProven(project);
    console.log(formatSections(projects, dir, isTold, (project) => formatUpgrade(project, dir)));
    if (isDone) console.log(`${projects.length > 1 ? "\n" : ""}${closingLine(projects, files.length, dryRun)}`);
  }
  if (!projects.some(hasSession)) console.error(noSession(projects, dir));
  else if (!verified) console.error("The result could not be verified. Nothing was written.");
  return isDone ? 0 : 1;
}

function closingLine(projects: readonly UpgradeResult[], changed: number, dryRun: boolean): string {
  const rows = projects.flatMap(({ ledger }) => ledger);
  const left = rows.filter(({ kind, rung }) => kind !== "declaration" && rung === 4).length;
  const leftover = left === 0 ? "" : ` ${count(left, "place")} left as it was, with the reason above.`;
  if (changed === 0)
    return left === 0 ? "Everything is typed already: nothing to do." : `Nothing to change.${leftover}`;
  if (dryRun) return `Nothing was written.${leftover}`;
  return `Written.${leftover} To take it back: typed-session-codemod undo.`;
}
