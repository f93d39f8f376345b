import { parseArgs } from "node:util";
import { benchmarks } from "./benchmarks.mjs";
import { UsageError } from "./measure/usage-error.mjs";

const common = {
  json: { type: "boolean", default: false, description: "print JSON: machine, versions, results, goals" },
  chart: { type: "boolean", default: false, description: "write each table's chart to docs/bench/" },
  help: { type: "boolean", default: false, description: "list benchmarks and options" },
};

/**
 * The benchmarks to run, each with its options, and the options of all.
 *
 * @throws UsageError names the benchmark or the option that there is not.
 */
export function readCommandLine(args) {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0) {
    throw new UsageError(
      `No benchmark is called ${unknown.join(", ")}. There is: ${Object.keys(benchmarks).join(", ")}.`,
    );
  }
  const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
  const { json = false, chart = false, help = false, ...own } = values;
  for (const option of Object.keys(own)) assertKnown(option, names);
  return { json, chart, help, runs: names.map((name) => ({ name, options: optionsOf(name, own) })) };
}

/** What `--help` prints. */
export function describeCommandLine() {
  const sections = Object.entries(benchmarks).map(
    ([name, { summary, options }]) => `${name}: ${summary}\n${describeOptions(options)}`,
  );
  return [
    "npm run bench -- [benchmark ...] [options]: runs the named benchmarks, or all, and prints medians and ratios",
    describeOptions(common),
    ...sections,
  ].join("\n\n");
}

function parse(args) {
  const ofBenchmarks = Object.values(benchmarks).flatMap(({ options }) => Object.entries(options));
  // Several have options of one name: whoever is run takes its own default.
  const types = ofBenchmarks.map(([option, { type }]) => [option, { type }]);
  const ofAll = Object.entries(common).map(([option, { type }]) => [option, { type }]);
  try {
    return parseArgs({ args, allowPositionals: true, options: Object.fromEntries([...types, ...ofAll]) });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function assertKnown(option, names) {
  if (names.some((name) => Object.hasOwn(benchmarks[name].options, option))) return;
  throw new UsageError(`${names.join(", ")} has no option --${option}. See --help.`);
}

function optionsOf(name, given) {
  const entries = Object.entries(benchmarks[name].options);
  return Object.fromEntries(entries.map(([option, { default: value }]) => [option, given[option] ?? value]));
}

function describeOptions(options) {
  return Object.entries(options)
    .map(([option, { type, default: value, description }]) => {
      const flag = type === "boolean" ? `--${option}` : `--${option}=${value}`;
      return `  ${flag.padEnd(24)} ${description}`;
    })
    .join("\n");
}
