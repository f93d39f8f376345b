import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/** What a file is to hold; without a text, it is to go. */
export interface NewText {
  readonly path: string;
  readonly text: string | undefined;
}

/** The text of a UTF-8 file, apart from the mark that it may begin with: the compiler reads it without. */
export function readText(path: string): { readonly mark: string; readonly text: string } {
  const content = readFileSync(path, "utf8");
  const mark = content.startsWith("\uFEFF") ? "\uFEFF" : "";
  return { mark, text: content.slice(mark.length) };
}

/**
 * Gives files new texts. All are written beside the files first, and take their places when all are there, so that a full
 * disk changes nothing.
 */
export function replaceFiles(files: readonly NewText[]): void {
  // Always the same names: what a run that was killed has left, the next one or `undo` cleans up.
  const drafts = files.flatMap(({ path, text }) =>
    text === undefined ? [] : [{ path, text, draft: `${path}.typed-session-codemod.tmp` }],
  );
  try {
    for (const { path, draft, text } of drafts) {
      const mark = existsSync(path) ? readText(path).mark : "";
      writeFileSync(draft, mark + text, { flush: true });
      if (existsSync(path)) chmodSync(draft, statSync(path).mode);
    }
    for (const { path, draft } of drafts) renameSync(draft, path);
    for (const { path, text } of files) if (text === undefined) rmSync(path, { force: true });
  } finally {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  }
}
