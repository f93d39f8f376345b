// `npm run bench` runs all benchmarks, `npm run bench -- <name> [options]` the named ones; `--help` lists them.
import { fileURLToPath } from "node:url";
import { benchmarks } from "./benchmarks.mjs";
import { describeCommandLine, readCommandLine } from "./command-line.mjs";
import { machine, versionsOf } from "./measure/environment.mjs";
import { UsageError } from "./measure/usage-error.mjs";
import { print } from "./report/print.mjs";

const charts = fileURLToPath(new URL("../docs/bench/", import.meta.url));

await main(process.argv.slice(2));

async function main(args) {
  try {
    const commandLine = readCommandLine(args);
    if (commandLine.help) console.log(describeCommandLine());
    else await report(await measureAll(commandLine, args), commandLine);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function measureAll({ runs }, args) {
  const results = {};
  for (const { name, options } of runs) {
    const { packages, measure } = benchmarks[name];
    const start = performance.now();
    const { tables, goals = [], skipped = [] } = await measure(options);
    const seconds = Math.round((performance.now() - start) / 1000);
    results[name] = { options, seconds, versions: versionsOf(packages), tables, goals, skipped };
  }
  const versions = Object.assign({}, ...Object.values(results).map((each) => each.versions));
  return {
    command: commandOf(args),
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions,
    benchmarks: results,
  };
}

function commandOf(args) {
  const shown = args.filter((arg) => arg !== "--json" && arg !== "--chart");
  return ["npm run bench", ...(shown.length > 0 ? ["--", ...shown] : [])].join(" ");
}

async function report(results, { json, chart }) {
  if (json) console.log(JSON.stringify(results, null, 2));
  else print(results);
  if (!chart) return;
  // Loaded only here: the library for charts is large.
  const { writeCharts } = await import("./report/write-charts.mjs");
  for (const file of await writeCharts(results, charts)) console.error(`Written: ${file}`);
}
