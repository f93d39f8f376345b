// ESLint on a generated application: the presets, against no rules and against a rule that asks for types everywhere.
// Every configuration is a process of its own; they take turns of a fraction of a second. The ratios are of the processor's time,
// each the median of the rounds' own ratios: on a shared machine, the time that passes is mostly that of others.
// Run by `npm run bench -- lint [--files=1000] [--rounds=5] [--json]`.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contenders, goals, imported } from "./lint/contenders.mjs";
import { startLint } from "./lint/start-lint.mjs";
import { takeTurns } from "./lint/take-turns.mjs";
import { machine, median, round } from "./statistics.mjs";
import { generateApplication, linkModules } from "./upgrade/generate.mjs";

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: "string", default: "1000" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);

const { application, runs } = await measureApplication(Number(values.files));
const results = summarize(runs);
const reached = goals.map(({ of, to, atMost }) => {
  const ratio = ratioOf(runs[of], runs[to]);
  return { goal: `${of} / ${to}`, atMost, ratio, reached: ratio <= atMost };
});
if (values.json)
  console.log(JSON.stringify({ ...machine(), rounds, ...application, results, goals: reached }, null, 2));
else print();

async function measureApplication(size) {
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
    return { application, runs };
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

function summarize(runs) {
  const bases = { untyped: runs["no rules"], typed: runs["typed, no rules"] };
  return Object.fromEntries(
    Object.entries(runs).map(([name, each]) => [
      name,
      {
        seconds: round(median(each.map(({ seconds }) => seconds))),
        cpu: round(median(each.map(({ cpu }) => cpu))),
        "to no rules": ratioOf(each, name.startsWith("typed") ? bases.typed : bases.untyped),
        megabytes: Math.round(median(each.map(({ megabytes }) => megabytes))),
        problems: each[0].problems,
      },
    ]),
  );
}

function ratioOf(runs, bases) {
  return round(median(runs.map(({ cpu }, turn) => cpu / bases[turn].cpu)));
}

function print() {
  const { node, processor } = machine();
  console.log(`eslint src: medians of ${rounds} rounds, interleaved by slices; ratios of the processor's time (cpu)`);
  console.log(`node ${node}, ${processor}; ${application.files} files, ${application.withCasts} with sessions`);
  console.table(results);
  console.table(reached);
}
