// What session types cost the compiler: an Express application of 1,000 handlers, typed in each way, compiled in turn.
// Instantiations and types are exact and the same every time; for time and memory, only ratios are to be believed. The
// processor's time is that of the whole run; parsing is part of it.
// Run by `npm run bench -- types [--handlers=1000] [--rounds=5] [--params] [--json]`; `--params` has
// Express infer the parameters of guarded routes.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine, median, round } from "./statistics.mjs";
import { applications, baseline, writeApplication } from "./types/applications.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const tsc = require.resolve("typescript/bin/tsc");
const { version: typescript } = require("typescript/package.json");

const printCpu = new URL("./types/print-cpu.mjs", import.meta.url).href;

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    handlers: { type: "string", default: "1000" },
    rounds: { type: "string", default: "5" },
    params: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const handlers = Number(values.handlers);
const rounds = Number(values.rounds);

const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-bench-"));
try {
  const results = summarize(measureAll());
  if (values.json)
    console.log(JSON.stringify({ ...machine(), typescript, handlers, rounds, applications: results }, null, 2));
  else print(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measureAll() {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  applications.forEach(write);
  const runs = applications.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    applications.forEach((_, index) => runs[index].push(compile(join(folder, String(index)))));
  }
  return runs;
}

function write(application, index) {
  const files = writeApplication(application, handlers);
  const infersParams = values.params && application.variant.startsWith("typed-session");
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022"],
    module: "nodenext",
    strict: true,
    skipLibCheck: true,
    types: [],
    noEmit: true,
  };
  const all = {
    ...files,
    ...(infersParams ? { "params.ts": 'import type {} from "typed-session/express-params";\n' } : {}),
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*.ts"] }),
    "package.json": `{"type":"module"}`,
  };
  mkdirSync(join(folder, String(index)));
  for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, String(index), path), text);
}

/** An application that does not compile would measure something else: its errors end the benchmark. */
function compile(project) {
  const run = spawnSync(process.execPath, ["--import", printCpu, tsc, "-p", project, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`The generated application does not compile: ${run.stdout.slice(0, 1000)}`);
  const read = (name) => Number(new RegExp(`^${name}:\\s*([\\d.]+)`, "m").exec(run.stdout)?.[1]);
  return {
    instantiations: read("Instantiations"),
    types: read("Types"),
    "check, s": read("Check time"),
    "processor, s": read("CPU time"),
    "memory, MB": read("Memory used") / 1000,
  };
}

function summarize(runs) {
  const medians = runs.map((each) =>
    Object.fromEntries(Object.keys(each[0]).map((key) => [key, median(each.map((run) => run[key]))])),
  );
  return applications.map(({ style, variant }, index) => {
    const base = medians[applications.findIndex((each) => each.style === style && each.variant === baseline)];
    const figures = Object.entries(medians[index]).flatMap(([key, value]) => [
      [key, round(value)],
      [`${key.split(",")[0]} ratio`, round(value / base[key], 4)],
    ]);
    return { style, variant, ...Object.fromEntries(figures) };
  });
}

function print(results) {
  const { node, processor } = machine();
  console.log(`${handlers} handlers: medians of ${rounds} interleaved rounds, ratios to "${baseline}"`);
  console.log(`TypeScript ${typescript}, node ${node}, ${processor}`);
  for (const style of new Set(results.map((each) => each.style))) {
    console.log(`the request of a handler is ${style}`);
    const rows = results.filter((each) => each.style === style);
    console.table(Object.fromEntries(rows.map(({ style: _, variant, ...figures }) => [variant, figures])));
  }
}
