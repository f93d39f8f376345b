// `typed-session-codemod upgrade --dry-run` of generated applications, against one `tsc --noEmit` of each with its own compiler.
// Every contender is a process of its own; they take turns, and only the ratios to `tsc` are to be believed on a shared machine.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost } from "./measure/goals.mjs";
import { growthTable } from "./measure/growth.mjs";
import { median, round } from "./measure/statistics.mjs";
import { generateApplication } from "./upgrade/generate.mjs";
import { measureProcess } from "./upgrade/measure-process.mjs";

export const summary = "the codemod's upgrade of generated applications, against tsc; many minutes with 5,000 files";

export const options = {
  files: { type: "string", default: "100,400", description: "the sizes of the applications" },
  rounds: { type: "string", default: "3", description: "how often each contender is run" },
};

export const packages = ["typescript", "typed-session-codemod"];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const codemod = join(root, "codemods/dist/cli.js");
const base = "tsc --noEmit";
const defaultEngine = "upgrade, engine js";
const nativeEngine = "upgrade, engine native";
const contenders = {
  [base]: [tsc, "--noEmit", "-p", "tsconfig.json"],
  [defaultEngine]: [codemod, "upgrade", "--dry-run", "--json"],
  [nativeEngine]: [codemod, "upgrade", "--dry-run", "--json", "--engine", "native"],
};

export async function measure({ files, rounds }) {
  const applications = [];
  for (const size of files.split(",").map(Number)) applications.push(await measureApplication(size, Number(rounds)));
  return {
    tables: [
      {
        name: "upgrade",
        title: "upgrade --dry-run: time and memory, and their ratios to tsc",
        rows: applications.flatMap(rowsOf),
        chart: { kind: "lines", x: "files", y: "seconds", series: "contender" },
      },
      ...(applications.length > 1 ? [growthOfApplications(applications)] : []),
    ],
    goals: goalsOf(rowsOf(applications.at(-1))),
  };
}

async function measureApplication(size, rounds) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-bench-"));
  try {
    const application = generateApplication(folder, size);
    const runs = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const [name, args] of Object.entries(contenders)) runs[name].push(await measureProcess(args, folder));
    }
    return { ...application, medians: mediansOf(runs) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mediansOf(runs) {
  const medians = Object.entries(runs).map(([name, each]) => [
    name,
    { seconds: median(each.map(({ seconds }) => seconds)), megabytes: median(each.map(({ megabytes }) => megabytes)) },
  ]);
  return Object.fromEntries(medians);
}

function rowsOf({ files, withCasts, medians }) {
  return Object.entries(medians).map(([contender, { seconds, megabytes }]) => ({
    contender,
    files,
    "with casts": withCasts,
    seconds: round(seconds),
    ratio: round(seconds / medians[base].seconds),
    "memory, MB": Math.round(megabytes),
    "memory ratio": round(megabytes / medians[base].megabytes),
  }));
}

function growthOfApplications(applications) {
  const points = applications.map(({ files, medians }) => ({ size: files, of: (name) => medians[name].seconds }));
  const described = { name: "upgrade-growth", title: "the time", column: "contender", names: Object.keys(contenders) };
  return growthTable(described, points);
}

function goalsOf(rows) {
  const limits = [
    [defaultEngine, 2],
    [nativeEngine, 0.5],
  ];
  return limits.flatMap(([name, limit]) => {
    const { files, ratio, "memory ratio": memory } = rows.find(({ contender }) => contender === name);
    return [
      atMost(`${name}: time of tsc's, ${files} files`, ratio, limit),
      atMost(`${name}: memory of tsc's, ${files} files`, memory, 1.5),
    ];
  });
}
