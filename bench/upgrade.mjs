// `typed-session-codemod upgrade --dry-run` of generated applications, against one `tsc --noEmit` of each with its own compiler.
// Every contender is a process of its own; they take turns, and only the ratios to `tsc` are to be believed on a shared machine.
// Run by `npm run bench -- upgrade [--files=100,1000,5000] [--rounds=3] [--json]`; minutes with the largest.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine, median, round } from "./statistics.mjs";
import { generateApplication } from "./upgrade/generate.mjs";
import { measureProcess } from "./upgrade/measure-process.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const codemod = join(root, "codemods/dist/cli.js");
const contenders = {
  "tsc --noEmit": [tsc, "--noEmit", "-p", "tsconfig.json"],
  "upgrade, engine js": [codemod, "upgrade", "--dry-run", "--json"],
  "upgrade, engine native": [codemod, "upgrade", "--dry-run", "--json", "--engine", "native"],
};

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: "string", default: "100,1000,5000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});
const sizes = values.files.split(",").map(Number);
const rounds = Number(values.rounds);

const measured = [];
for (const size of sizes) measured.push(await measureApplication(size));
const growth = growthOf(measured);
if (values.json) console.log(JSON.stringify({ ...machine(), rounds, applications: measured, growth }, null, 2));
else print();

async function measureApplication(size) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-bench-"));
  try {
    const application = generateApplication(folder, size);
    const runs = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, args] of Object.entries(contenders)) runs[name].push(await measureProcess(args, folder));
    }
    return { ...application, contenders: summarize(runs) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summarize(runs) {
  const medians = Object.entries(runs).map(([name, each]) => [
    name,
    { seconds: median(each.map(({ seconds }) => seconds)), megabytes: median(each.map(({ megabytes }) => megabytes)) },
  ]);
  const [[, base]] = medians;
  return Object.fromEntries(
    medians.map(([name, { seconds, megabytes }]) => [
      name,
      {
        seconds: round(seconds),
        ratio: round(seconds / base.seconds),
        megabytes: Math.round(megabytes),
        "memory ratio": round(megabytes / base.megabytes),
      },
    ]),
  );
}

/** How the time grew from each application to the next one, for each time that the files grew: 1 is linear. */
function growthOf(applications) {
  return Object.fromEntries(
    Object.keys(contenders).map((name) => [
      name,
      Object.fromEntries(
        applications.slice(1).map(({ files, contenders: larger }, index) => {
          const smaller = applications[index];
          const factor = larger[name].seconds / smaller.contenders[name].seconds / (files / smaller.files);
          return [`${smaller.files} to ${files}`, round(factor)];
        }),
      ),
    ]),
  );
}

function print() {
  const { node, processor } = machine();
  console.log(`upgrade --dry-run: medians of ${rounds} interleaved rounds, peak memory of the processes`);
  console.log(`node ${node}, ${processor}`);
  for (const { files, withCasts, contenders: results } of measured) {
    console.log(`${files} files, ${withCasts} with casts of the session`);
    console.table(results);
  }
  if (measured.length < 2) return;
  console.log("growth of the time over the growth of the application: 1 is linear");
  console.table(growth);
}
