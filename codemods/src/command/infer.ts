import { Command } from "commander";
import { upgradeProjects } from "../projects/upgrade-projects.js";
import type { UpgradeResult } from "../upgrade-result.js";
import { formatKeys } from "../upgrade-report.js";
import { noSession } from "./no-session.js";
import { hostOption, schemaOption, tsconfigOption, upgradeOptions, type UpgradeFlags } from "./options.js";
import { printJson } from "./print-json.js";
import { withProgress } from "./progress.js";
import { formatSections } from "./sections.js";

const examples = `
Examples:
  $ typed-session-codemod infer
  $ typed-session-codemod infer apps/shop --schema valibot
  $ typed-session-codemod infer --json > keys.json

Exit codes: 0 done; 1 no session was found; 2 bad input.`;

export function inferCommand(): Command {
  return new Command("infer")
    .description("Print the session file that an upgrade would write, with the evidence for each key. Changes nothing.")
    .argument("[dir]", "the application's folder", ".")
    .addOption(tsconfigOption())
    .addOption(schemaOption())
    .addOption(hostOption())
    .option("--json", "print the keys as JSON")
    .addHelpText("after", examples)
    .action((dir: string, flags: UpgradeFlags) => {
      process.exitCode = runInfer(dir, flags);
    });
}

function runInfer(dir: string, flags: UpgradeFlags): number {
  const { projects } = withProgress((onProgress) => upgradeProjects({ ...upgradeOptions(dir, flags), onProgress }));
  const found = projects.some(hasSession);
  if (flags.json === true) printJson({ projects: projects.map(inferred) }, dir);
  else if (found) console.log(formatSections(projects, dir, hasSession, (project) => formatInferred(project, dir)));
  if (!found) console.error(noSession(projects, dir));
  return found ? 0 : 1;
}

function hasSession({ places }: UpgradeResult): boolean {
  return places > 0;
}

function inferred({ tsconfig, sessionFile, schema, keys }: UpgradeResult) {
  return { tsconfig, sessionFile, schema, keys };
}

function formatInferred(project: UpgradeResult, dir: string): string {
  const file = project.files.find(({ path }) => path === project.sessionFile);
  return [...(file === undefined ? [] : [file.after]), ...formatKeys(project, dir, Infinity)].join("\n");
}
