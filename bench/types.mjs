// What session types cost the compiler: an Express application of 1,000 handlers, typed in each way, compiled in turn.
// Instantiations and types are exact and the same every time; for time and memory, only ratios are to be believed. The
// processor's time is that of the whole run; parsing is part of it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost } from "./measure/goals.mjs";
import { median, round } from "./measure/statistics.mjs";
import { applications, baseline, writeApplication } from "./types/applications.mjs";

export const summary = "instantiations, time and memory that session types cost the compiler";

export const options = {
  handlers: { type: "string", default: "1000", description: "how many handlers the application has" },
  rounds: { type: "string", default: "1", description: "how often each application is compiled, for its time" },
  params: { type: "boolean", default: false, description: "have Express infer the parameters of guarded routes" },
};

export const packages = ["typescript", "@types/express", "@types/express-session", "express", "typed-session", "zod"];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const printCpu = new URL("./types/print-cpu.mjs", import.meta.url).href;
const instantiationsGoal = 1.02;

export async function measure({ handlers, rounds, params }) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-bench-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    applications.forEach((application, index) => {
      write(join(folder, String(index)), application, { handlers: Number(handlers), infersParams: params });
    });
    const results = summarize(compileAll(folder, Number(rounds)));
    const styles = [...new Set(results.map(({ style }) => style))];
    return {
      tables: styles.map((style) => tableOf(style, handlers, results)),
      goals: params ? [] : results.filter(isOurs).map(goalOf),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compileAll(folder, rounds) {
  const runs = applications.map(() => []);
  for (let turn = 0; turn < rounds; turn += 1) {
    applications.forEach((_, index) => runs[index].push(compile(join(folder, String(index)))));
  }
  return runs;
}

function write(folder, application, { handlers, infersParams }) {
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
    ...writeApplication(application, handlers),
    ...(infersParams && isOurs(application)
      ? { "params.ts": 'import type {} from "typed-session/express-params";\n' }
      : {}),
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*.ts"] }),
    "package.json": `{"type":"module"}`,
  };
  mkdirSync(folder);
  for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, path), text);
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

function tableOf(style, handlers, results) {
  return {
    name: `types-${style}`,
    title: `${handlers} handlers whose request is ${style}: ratios to "${baseline}"`,
    rows: results.filter((each) => each.style === style).map(({ style: _, ...figures }) => figures),
    chart: {
      values: ["instantiations ratio"],
      axis: `instantiations, of those of "${baseline}"`,
      goals: [{ at: instantiationsGoal, title: `goal: ${instantiationsGoal}` }],
    },
  };
}

function goalOf({ style, variant, "instantiations ratio": value }) {
  return atMost(`${variant}, ${style}: instantiations`, value, instantiationsGoal);
}

function isOurs({ variant }) {
  return variant.startsWith("typed-session");
}
