import { Command } from "commander";
import { undoChanges } from "../write/undo-changes.js";
import { folderOption } from "./options.js";

const examples = `
Examples:
  $ typed-session-codemod undo
  $ typed-session-codemod undo apps/shop     where the run was started for that folder

Exit codes: 0 done; 2 nothing to undo, or a file was changed since.`;

export function undoCommand(): Command {
  return new Command("undo")
    .description("Take back what the last run wrote, to the byte.")
    .argument("[dir]", 'the folder that the run was started for (default: ".")')
    .addOption(folderOption())
    .addHelpText("after", examples)
    .action((named: string | undefined, { dir = "." }: { readonly dir?: string }) => {
      const undone = undoChanges(named ?? dir);
      console.log(`${undone.length === 1 ? "1 file is" : `${undone.length} files are`} as before.`);
    });
}
