import { Command } from "commander";
import { diagnose } from "../doctor/diagnose.js";
import { formatDiagnosis } from "../doctor/format-diagnosis.js";
import { noSession } from "./no-session.js";
import { tsconfigOption } from "./options.js";

interface DoctorFlags {
  readonly dir: string;
  readonly tsconfig?: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  $ typed-session-codemod doctor
  $ typed-session-codemod doctor --dir apps/shop --json

Exit codes: 0 everything is typed; 1 something is not, or no session was found; 2 bad input.`;

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Say why the session is untyped, where, and what to do about it. Changes nothing.")
    .option("--dir <folder>", "the application's folder", ".")
    .addOption(tsconfigOption())
    .option("--json", "print the diagnosis as JSON")
    .addHelpText("after", examples)
    .action((flags: DoctorFlags) => {
      process.exitCode = runDoctor(flags);
    });
}

function runDoctor({ dir, tsconfig, json = false }: DoctorFlags): number {
  const diagnosis = diagnose({ directory: dir, ...(tsconfig === undefined ? {} : { tsconfig }) });
  console.log(json ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis, dir));
  if (diagnosis.sites === 0) console.error(noSession(diagnosis.compiledFiles, diagnosis.tsconfig));
  return diagnosis.sites > 0 && diagnosis.findings.length === 0 ? 0 : 1;
}
