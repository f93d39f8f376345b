import { round } from "./statistics.mjs";

/**
 * How a figure grew from each size to the next, for each time that the size grew: 1 is linear. One row for each name.
 *
 * @param points - `size`, and `of(name)`, the figure there
 */
export function growthOf(column, names, points) {
  return names.map((name) => ({
    [column]: name,
    ...Object.fromEntries(
      points.slice(1).map((larger, index) => {
        const smaller = points[index];
        const factor = larger.of(name) / smaller.of(name) / (larger.size / smaller.size);
        return [`${smaller.size} to ${larger.size}`, round(factor)];
      }),
    ),
  }));
}
