#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { CodemodError } from "./codemod-error.js";
import { doctorCommand } from "./command/doctor.js";
import { inferCommand } from "./command/infer.js";
import { transformCommand } from "./command/transform.js";
import { undoCommand } from "./command/undo.js";
import { upgradeCommand } from "./command/upgrade.js";

const { version }: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const program = new Command("typed-session-codemod")
  .description("Turns casts on server sessions into the typed API, and proves that only types changed.")
  .version(version);

for (const command of [doctorCommand(), upgradeCommand(), inferCommand(), transformCommand(), undoCommand()]) {
  program.addCommand(command);
}
for (const command of [program, ...program.commands]) command.exitOverride();

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
