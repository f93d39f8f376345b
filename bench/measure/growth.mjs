import { round } from "./statistics.mjs";

/**
 * The table of how a figure grew with the application: what it is called, and the names of whom it says so.
 *
 * @param points - see {@link growthOf}
 */
export function growthTable({ name, title, column, names }, points) {
  const rows = growthOf(column, names, points);
  return {
    name,
    title: `growth of ${title} over the growth of the application: 1 is linear`,
    rows,
    chart: {
      values: Object.keys(rows[0]).slice(1),
      axis: "growth, 1 is linear",
      goals: [{ at: 1, title: "linear" }],
    },
  };
}

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
