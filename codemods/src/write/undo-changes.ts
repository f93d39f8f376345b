import { existsSync } from "node:fs";
import { CodemodError } from "../codemod-error.js";
import { holdSignals } from "./hold-signals.js";
import { readJournal, removeJournal } from "./journal.js";
import { readText, replaceFiles } from "./replace-files.js";

/**
 * Takes back what the last `writeChanges` wrote, also where it was cut off.
 *
 * @param directory - the application's folder
 * @returns the paths of the files that are as they were before
 * @throws CodemodError when there is nothing to undo, or a file was changed since. Nothing is written then.
 *
 * @example
 * ```ts
 * for (const path of undoChanges(".")) console.log(`${path} is as it was`);
 * ```
 */
export function undoChanges(directory: string): string[] {
  const journal = readJournal(directory);
  if (journal === undefined) throw new CodemodError("There is nothing to undo: no journal of an earlier run is there.");
  for (const { path, before, after } of journal.files) {
    const text = existsSync(path) ? readText(path).text : undefined;
    if (text !== before && text !== after) {
      throw new CodemodError(
        `${path} was ${text === undefined ? "deleted" : "changed"} since. Nothing was undone: take this file back by hand, or with version control.`,
      );
    }
  }
  holdSignals(() => {
    replaceFiles(journal.files.map(({ path, before }) => ({ path, text: before })));
    removeJournal(directory);
  });
  return journal.files.map(({ path }) => path);
}
