import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { drawChart } from "./chart.mjs";
import { listVersions } from "./print.mjs";

/** Writes one chart for each table that has one. Returns the files' paths. */
export async function writeCharts({ machine, command, date, benchmarks }, folder) {
  mkdirSync(folder, { recursive: true });
  const written = [];
  for (const { tables, versions } of Object.values(benchmarks)) {
    for (const table of tables.filter(({ chart }) => chart !== undefined)) {
      const from = [
        `${command}, ${date}; ${machine.processor}`,
        ...wrap(listVersions(table.packages === undefined ? versions : pick(versions, ["node", ...table.packages]))),
      ];
      const file = join(folder, `${table.name}.svg`);
      writeFileSync(file, await drawChart(table, from));
      written.push(relative(process.cwd(), file));
    }
  }
  return written;
}

function pick(versions, names) {
  return Object.fromEntries(names.map((name) => [name, versions[name]]));
}

const lineLength = 95;

function wrap(text) {
  const lines = [""];
  for (const word of text.split(/(?<=, )/)) {
    if (lines.at(-1).length + word.length > lineLength) lines.push("");
    lines[lines.length - 1] += word;
  }
  return lines;
}
