import { Command } from "commander";
import { undoChanges } from "../write/undo-changes.js";

export function undoCommand(): Command {
  return new Command("undo")
    .description("Take back what the last run wrote, to the byte.")
    .option("--dir <folder>", "the application's folder", ".")
    .action(({ dir }: { readonly dir: string }) => {
      const undone = undoChanges(dir);
      console.log(`${undone.length === 1 ? "1 file is" : `${undone.length} files are`} as before.`);
    });
}
