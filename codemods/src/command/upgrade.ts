import { Command, Option } from "commander";
import { count, formatDiff } from "../report.js";
import { upgradeProject, type UpgradeResult } from "../upgrade-project.js";
import { formatUpgrade } from "../upgrade-report.js";
import { isProven } from "../verify/is-proven.js";
import { writeChanges } from "../write/write-changes.js";
import { noSession } from "./no-session.js";
import { hostOption, schemaOption, tsconfigOption, upgradeOptions, type UpgradeFlags } from "./options.js";
import { refuseUncommitted } from "./refuse-uncommitted.js";

const description =
  "Take a whole application to a typed session: infer it, register it, repair declarations, remove casts, verify.";

const examples = `
Examples:
  $ typed-session-codemod upgrade --dry-run
  $ typed-session-codemod upgrade apps/shop --schema zod
  $ typed-session-codemod upgrade --include src/routes --max-rung 2

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
    .option("--check-all", "check the whole program at the end, not only the files whose errors can change")
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
