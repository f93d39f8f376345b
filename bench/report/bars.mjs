const heightOfBar = 16;
const palette = ["#3465a4", "#9ab8dc", "#c9c9c9"];

/**
 * Bars for each row, one for each column in `values`; `goals` become lines across them. `scale` is "linear" or "log".
 * The first column of the rows names them.
 */
export function barsOf(rows, { values, axis, scale = "linear", goals = [] }) {
  const [name] = Object.keys(rows[0]);
  const bars = rows.flatMap((row) => valuesOf(row, values).map((bar) => ({ name: row[name], ...bar })));
  const domain = domainOf(scale, [...bars.map(({ value }) => value), ...goals.map(({ at }) => at)]);
  const x = {
    field: "value",
    type: "quantitative",
    title: axis,
    scale: { type: scale, domain, nice: false, zero: false },
    axis: { grid: false },
  };
  const y = { field: "name", type: "nominal", title: null, sort: null, axis: namesAxis };
  const yOffset = { field: "series", sort: null };
  const x2 = { datum: scale === "log" ? domain[0] : 0 };
  const text = { field: "value", type: "quantitative", format: ",.4~r" };
  return {
    height: { step: heightOfBar },
    layer: [
      { data: { values: bars }, mark: "bar", encoding: { x, x2, y, yOffset, color: colorOf(values) } },
      {
        data: { values: bars },
        mark: { type: "text", align: "left", dx: 4, fontSize: 10 },
        encoding: { x, y, yOffset, text },
      },
      ...goals.flatMap(goalLayers),
    ],
  };
}

function valuesOf(row, columns) {
  return columns.filter((series) => typeof row[series] === "number").map((series) => ({ series, value: row[series] }));
}

/** With room for the figure at the end of the longest bar. */
function domainOf(scale, values) {
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  return scale === "log" ? [lowest / 2, highest * 2.5] : [Math.min(0, lowest), highest * 1.12];
}

const namesAxis = {
  labelLimit: 0,
  labelPadding: 4,
  ticks: false,
  labelFontWeight: {
    condition: { test: "indexof(datum.value, 'typed-session') === 0", value: "bold" },
    value: "normal",
  },
};

function colorOf(values) {
  return {
    field: "series",
    type: "nominal",
    title: null,
    scale: { domain: values, range: palette.slice(0, values.length) },
    legend: values.length > 1 ? { orient: "bottom", direction: "horizontal", labelLimit: 0 } : null,
  };
}

/** Each goal's words stand a line above those of the one before. */
function goalLayers({ at, title }, index) {
  const data = { values: [{ at, title }] };
  const x = { field: "at", type: "quantitative" };
  const label = { type: "text", color: "#c00000", align: "left", dx: 3, fontSize: 10 };
  return [
    { data, mark: { type: "rule", color: "#c00000", strokeDash: [4, 3] }, encoding: { x } },
    { data, mark: label, encoding: { x, y: { value: -4 - 11 * index }, text: { field: "title" } } },
  ];
}
