// A table's chart, as SVG. The background is white, for GitHub shows the same picture on dark pages.
import { parse, View } from "vega";
import { compile } from "vega-lite";
import { barsOf } from "./bars.mjs";
import { linesOf } from "./lines.mjs";

/**
 * The chart of a table. Its `chart` says which columns are shown and how; see `bars.mjs` and `lines.mjs`.
 *
 * @param subtitle - lines that say where the figures come from
 */
export async function drawChart({ title, rows, chart }, subtitle) {
  const specification = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    padding: 12,
    width: 560,
    title: { text: title, subtitle, anchor: "start", subtitleColor: "#555", subtitlePadding: 6, offset: 14 },
    config: { font: "sans-serif", view: { stroke: null } },
    ...(chart.kind === "lines" ? linesOf(rows, chart) : barsOf(rows, chart)),
  };
  const view = new View(parse(compile(specification, { logger }).spec), { renderer: "none" });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

/** It warns of logarithmic scales without zero: they are meant. */
const logger = {
  level: () => logger,
  error: console.error,
  warn: () => logger,
  info: () => logger,
  debug: () => logger,
};
