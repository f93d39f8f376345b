import { existsSync } from "node:fs";
import { CodemodError } from "../codemod-error.js";
import type { FileChange } from "./file-change.js";
import { holdSignals } from "./hold-signals.js";
import { readJournal, removeJournal, writeJournal } from "./journal.js";
import { readText, replaceFiles } from "./replace-files.js";

/**
 * Writes changed files, all or none, and keeps a journal in `node_modules/.cache` of the application, with which
 * `undoChanges` takes them back exactly.
 *
 * @param directory - the application's folder
 * @throws CodemodError when a file is not what it was when the change was made, an earlier run was cut off while it wrote, or a
 * file can't be written. Nothing is written then.
 *
 * @example
 * ```ts
 * const { files, newErrors, emitFaults } = upgradeProject({ directory: "." });
 * if (newErrors.length + emitFaults.length === 0) writeChanges(files, ".");
 * ```
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
  holdSignals(() => {
    writeJournal(directory, { status: "writing", files });
    try {
      replaceFiles(files.map(({ path, after }) => ({ path, text: after })));
    } catch (error) {
      takeBack(files, directory);
      throw new CodemodError(`${reasonOf(error)}. Nothing was written: every file is as it was.`);
    }
    writeJournal(directory, { status: "written", files });
  });
}

/** @throws CodemodError where that fails, too: the journal is there still. */
function takeBack(files: readonly FileChange[], directory: string): void {
  try {
    replaceFiles(files.map(({ path, before }) => ({ path, text: before })));
    removeJournal(directory);
  } catch (error) {
    throw new CodemodError(
      `${reasonOf(error)}. Some files may be written: take them back with typed-session-codemod undo.`,
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
