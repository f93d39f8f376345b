import { diffArrays } from "diff";

/**
 * Tells which line of a changed text a line of the original became. Both count from 1.
 *
 * @returns `undefined` where the lines around it changed so that nobody can tell
 */
export function lineMap(before: readonly string[], after: readonly string[]): (line: number) => number | undefined {
  const lines = new Map<number, number>();
  let [from, to] = [1, 1];
  let removed: readonly string[] = [];
  for (const { value, added, removed: isRemoved } of diffArrays([...before], [...after])) {
    if (isRemoved) {
      removed = value;
    } else if (added) {
      // A line that changed in itself: as many lines as before are taken for the same ones.
      if (removed.length === value.length) removed.forEach((_, index) => lines.set(from + index, to + index));
      from += removed.length;
      to += value.length;
      removed = [];
    } else {
      from += removed.length;
      removed = [];
      value.forEach((_, index) => lines.set(from + index, to + index));
      from += value.length;
      to += value.length;
    }
  }
  return (line) => lines.get(line);
}
