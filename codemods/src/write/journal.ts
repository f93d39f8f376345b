import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CodemodError } from "../codemod-error.js";
import type { FileChange } from "./file-change.js";

/** What was written last, so that it can be undone. */
export interface Journal {
  /** `writing` until every file is in its place: a journal that still says so is of a run that was cut off. */
  readonly status: "writing" | "written";
  readonly files: readonly FileChange[];
}

/** Where an application's journal is: with the caches of other tools, which version control leaves out. */
export function journalPath(directory: string): string {
  return join(resolve(directory), "node_modules", ".cache", "typed-session-codemod", "journal.json");
}

/**
 * The journal of the last run.
 *
 * @throws CodemodError when it can't be read as one.
 */
export function readJournal(directory: string): Journal | undefined {
  const path = journalPath(directory);
  if (!existsSync(path)) return undefined;
  try {
    const journal: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isJournal(journal)) return journal;
  } catch {
    // What is no JSON is no journal: the error below says so.
  }
  throw new CodemodError(
    `${path} can't be read as a journal. Delete it, and take the files back with version control.`,
  );
}

export function writeJournal(directory: string, journal: Journal): void {
  const path = journalPath(directory);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.tmp`, JSON.stringify(journal), { flush: true });
  renameSync(`${path}.tmp`, path);
}

export function removeJournal(directory: string): void {
  rmSync(journalPath(directory), { force: true });
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== "object" || value === null || !("status" in value) || !("files" in value)) return false;
  return (value.status === "writing" || value.status === "written") && Array.isArray(value.files);
}
