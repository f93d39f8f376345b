import { uncommittedFiles } from "../application/git.js";
import { CodemodError } from "../codemod-error.js";

/**
 * With everything committed, version control shows exactly what a run has changed.
 *
 * @throws CodemodError where tracked files of the folder have changes that are not committed.
 */
export function refuseUncommitted(directory: string): void {
  const [first, ...others] = uncommittedFiles(directory) ?? [];
  if (first === undefined) return;
  const files = others.length === 0 ? first : `${first} and ${others.length} more`;
  throw new CodemodError(`There are uncommitted changes: ${files}. Commit or stash them first, or say --force.`);
}
