import { Command } from "commander";
import { undoChanges } from "../write/undo-changes.js";

const examples = `
Examples:
  $ typed-session-codemod undo
  $ typed-session-codemod undo --dir apps/shop     where the run was started for that folder

Exit codes: 0 done; 2 nothing to undo, or a file was changed since.`;

export function undoCommand(): Command {
  return new Command("undo")
    .description("Take back what the last run wrote, to the byte.")
    .option("--dir <folder>", "the folder that the run was started for", ".")
    .addHelpText("after", examples)
    .action(({ dir }: { readonly dir: string }) => {
      const undone = undoChanges(dir);
      console.log(`${undone.length === 1 ? "1 file is" : `${undone.length} files are`} as before.`);
    });
}
