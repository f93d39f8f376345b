// ESLint on generated applications: the presets, against no rules and against a rule that asks for types everywhere.
// Every configuration is a process of its own; they take turns of a fraction of a second. The ratios are of the processor's time,
// each the median of the rounds' own ratios: on a shared machine, the time that passes is mostly that of others.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contenders, goals as limits, imported } from "./lint/contenders.mjs";
import { startLint } from "./lint/start-lint.mjs";
import { takeTurns } from "./lint/take-turns.mjs";
import { atMost } from "./measure/goals.mjs";
import { growthTable } from "./measure/growth.mjs";
import { median, pairedMedian, ratio, round } from "./measure/statistics.mjs";
import { generateApplication, linkModules } from "./upgrade/generate.mjs";

export const summary = "ESLint with the presets, on generated applications; ten minutes for five rounds of 1,000 files";

export const options = {
  files: { type: "string", default: "50,200", description: "the sizes of the applications" },
  rounds: { type: "string", default: "3", description: "how often each configuration is run" },
};

export const packages = ["eslint", "typescript", "eslint-plugin-typed-session", ...imported];

export async function measure({ files, rounds }) {
  const applications = [];
  for (const size of files.split(",").map(Number)) applications.push(await measureApplication(size, Number(rounds)));
  const largest = applications.at(-1);
  return {
    tables: [
      {
        name: "lint",
        title: "eslint src: processor time (cpu), and its ratio to no rules",
        rows: applications.flatMap(rowsOf),
        chart: { kind: "lines", x: "files", y: "cpu, s", series: "configuration" },
      },
      ...(applications.length > 1 ? [growthOfApplications(applications)] : []),
    ],
    goals: limits.map(({ of, to, atMost: limit }) =>
      atMost(`${of} / ${to}, ${largest.files} files`, ratioOf(largest.runs[of], largest.runs[to]), limit),
    ),
  };
}

async function measureApplication(size, rounds) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-bench-"));
  try {
    const application = generateApplication(folder, size);
    linkModules(folder, imported);
    const names = Object.keys(contenders);
    const configs = names.map((name, index) => {
      const file = `eslint.${index}.config.mjs`;
      writeFileSync(join(folder, file), contenders[name]);
      return file;
    });
    const runs = Object.fromEntries(names.map((name) => [name, []]));
    for (let turn = 0; turn < rounds; turn += 1) {
      const measured = await measureRound(configs, folder);
      names.forEach((name, index) => runs[name].push(measured[index]));
    }
    return { ...application, runs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureRound(configs, folder) {
  const started = configs.map((config) => startLint(config, folder));
  const results = Promise.all(started.map(({ ended }) => ended));
  const [seconds, measured] = await Promise.all([takeTurns(started.map(({ child }) => child)), results]);
  return measured.map((each, index) => ({ seconds: seconds[index], ...each }));
}

function rowsOf({ files, withCasts, runs }) {
  const bases = { untyped: runs["no rules"], typed: runs["typed, no rules"] };
  return Object.entries(runs).map(([configuration, each]) => ({
    configuration,
    files,
    "with sessions": withCasts,
    "seconds of its turns": round(median(each.map(({ seconds }) => seconds))),
    "cpu, s": round(medianCpu(each)),
    "to no rules": ratioOf(each, configuration.startsWith("typed") ? bases.typed : bases.untyped),
    "memory, MB": Math.round(median(each.map(({ megabytes }) => megabytes))),
    problems: each[0].problems,
  }));
}

function growthOfApplications(applications) {
  const points = applications.map(({ files, runs }) => ({ size: files, of: (name) => medianCpu(runs[name]) }));
  const described = {
    name: "lint-growth",
    title: "the processor time",
    column: "configuration",
    names: Object.keys(contenders),
  };
  return growthTable(described, points);
}

function medianCpu(runs) {
  return median(runs.map(({ cpu }) => cpu));
}

function ratioOf(runs, bases) {
  const cpuOf = ({ cpu }) => cpu;
  return round(pairedMedian(runs.map(cpuOf), bases.map(cpuOf), ratio));
}
