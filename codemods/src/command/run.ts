import { Command } from "commander";
import { CodemodError } from "../codemod-error.js";
import { doctorCommand } from "./doctor.js";
import { inferCommand } from "./infer.js";
import { transformCommand } from "./transform.js";
import { undoCommand } from "./undo.js";
import { upgradeCommand } from "./upgrade.js";

/** Runs the command line with some parameters, and leaves in `process.exitCode` how it ended. */
export async function runCommandLine(parameters: readonly string[], version: string): Promise<void> {
  const program = new Command("typed-session-codemod")
    .description("Turns casts on server sessions into the typed API, and proves that only types changed.")
    .version(version);

  for (const command of [doctorCommand(), upgradeCommand(), inferCommand(), transformCommand(), undoCommand()]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) command.exitOverride();

  try {
    await program.parseAsync(parameters, { from: "user" });
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CodemodError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof Error && "exitCode" in error) return error.exitCode === 0 ? 0 : 2;
  throw error;
}
