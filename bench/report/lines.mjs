/** A line for each value of the column `series`, over the column `x`; both axes are logarithmic, so linear growth is a diagonal. */
export function linesOf(rows, { x, y, series, axis = y }) {
  const logarithmic = (field, title) => ({
    field,
    type: "quantitative",
    title,
    scale: { type: "log", nice: false },
    axis: { gridColor: "#eee" },
  });
  const values = rows.map((row) => ({ x: row[x], y: row[y], series: row[series] }));
  return {
    height: 320,
    data: { values },
    mark: { type: "line", point: true },
    encoding: {
      x: { ...logarithmic("x", x), axis: { gridColor: "#eee", values: [...new Set(values.map((value) => value.x))] } },
      y: logarithmic("y", axis),
      color: { field: "series", type: "nominal", title: null, sort: null, legend: { labelLimit: 0 } },
    },
  };
}
