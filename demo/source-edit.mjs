import assert from "node:assert/strict";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/**
 * Replaces a stretch of text that occurs exactly once.
 *
 * @param {string} source
 * @param {string} from
 * @param {string} to
 */
export function replaceOnce(source, from, to) {
  const occurrences = source.split(from).length - 1;
  assert.equal(occurrences, 1, `Expected this text once, found it ${occurrences} times:\n${from}`);
  return source.replace(from, () => to);
}

/**
 * @param {string} path how the file is called in the diff
 * @param {string} before
 * @param {string} after
 */
export function unifiedDiff(path, before, after) {
  return createTwoFilesPatch(path, path, before, after, "", "", { context: 2, headerOptions: FILE_HEADERS_ONLY });
}
