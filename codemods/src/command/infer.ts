import { Command } from "commander";
import { upgradeProject } from "../upgrade-project.js";
import { formatKeys } from "../upgrade-report.js";
import { noSession } from "./no-session.js";
import { hostOption, schemaOption, tsconfigOption, upgradeOptions, type UpgradeFlags } from "./options.js";

export function inferCommand(): Command {
  return new Command("infer")
    .description("Print the session file that an upgrade would write, with the evidence for each key. Changes nothing.")
    .argument("[dir]", "the application's folder", ".")
    .addOption(tsconfigOption())
    .addOption(schemaOption())
    .addOption(hostOption())
    .option("--json", "print the keys as JSON")
    .action((dir: string, flags: UpgradeFlags) => {
      process.exitCode = runInfer(dir, flags);
    });
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
