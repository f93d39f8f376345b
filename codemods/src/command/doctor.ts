import { Command } from "commander";
import type { Diagnosis } from "../doctor/diagnosis.js";
import { formatDiagnosis } from "../doctor/format-diagnosis.js";
import { diagnoseProjects } from "../projects/diagnose-projects.js";
import { noSession } from "./no-session.js";
import { folderOption, tsconfigOption } from "./options.js";
import { printJson } from "./print-json.js";
import { withProgress } from "./progress.js";
import { formatSections } from "./sections.js";

interface DoctorFlags {
  readonly dir?: string;
  readonly tsconfig?: readonly string[];
  readonly json?: boolean;
}

const examples = `
Examples:
  $ typed-session-codemod doctor
  $ typed-session-codemod doctor apps/shop --json

Exit codes: 0 everything is typed; 1 something is not, or no session was found; 2 bad input.`;

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Say why the session is untyped, where, and what to do about it. Changes nothing.")
    .argument("[dir]", 'the application\'s folder (default: ".")')
    .addOption(folderOption())
    .addOption(tsconfigOption())
    .option("--json", "print the diagnosis as JSON")
    .addHelpText("after", examples)
    .action((named: string | undefined, { dir = ".", ...flags }: DoctorFlags) => {
      process.exitCode = runDoctor(named ?? dir, flags);
    });
}

function runDoctor(dir: string, { tsconfig = [], json = false }: Omit<DoctorFlags, "dir">): number {
  const projects = withProgress((onProgress) =>
    diagnoseProjects({ directory: dir, tsconfigs: tsconfig, namedBy: "as an argument", onProgress }),
  );
  const found = projects.some(({ places }) => places > 0);
  if (json) printJson({ projects }, dir);
  else console.log(formatSections(projects, dir, hasSession, (project) => formatDiagnosis(project, dir)));
  if (!found) console.error(noSession(projects, dir));
  return found && projects.every(({ findings }) => findings.length === 0) ? 0 : 1;
}

function hasSession({ places, findings }: Diagnosis): boolean {
  return places > 0 || findings.length > 0;
}
