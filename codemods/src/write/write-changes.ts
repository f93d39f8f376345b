import { existsSync } from "node:fs";
import { CodemodError } from "../codemod-error.js";
import type { FileChange } from "./file-change.js";
import { readJournal, writeJournal } from "./journal.js";
import { readText, replaceFiles } from "./replace-files.js";

/**
 * Writes changed files, all or none, and keeps a journal in `node_modules/.cache` of the application, with which
 * `undoChanges` takes them back exactly.
 *
 * @param directory - the application's folder
 * @throws CodemodError when a file is not what it was when the change was made, or an earlier run was cut off while it wrote.
 * Nothing is written then.
 */
export function writeChanges(files: readonly FileChange[], directory: string): void {
  if (files.length === 0) return;
  if (readJournal(directory)?.status === "writing") {
    throw new CodemodError(
      "An earlier run was cut off while it wrote. Take it back first: typed-session-codemod undo.",
    );
  }
  for (const { path, before } of files) {
    const text = existsSync(path) ? readText(path).text : undefined;
    if (text !== before) {
      throw new CodemodError(
        `${path} is not what was compiled: it changed meanwhile, is new or gone, or is not UTF-8. Nothing was written: run the command again.`,
      );
    }
  }
  writeJournal(directory, { status: "writing", files });
  replaceFiles(files.map(({ path, after }) => ({ path, text: after })));
  writeJournal(directory, { status: "written", files });
}
