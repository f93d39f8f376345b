import type { FileChange } from "../write/file-change.js";

/** Changes of which a later one may go on from an earlier one: each file once, in the order of the paths. */
export function mergeChanges(changes: readonly FileChange[]): FileChange[] {
  const merged = new Map<string, FileChange>();
  for (const { path, before, after } of changes) {
    const earlier = merged.get(path);
    merged.set(path, { path, before: earlier === undefined ? before : earlier.before, after });
  }
  return [...merged.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
