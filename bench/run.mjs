// `npm run bench` runs all benchmarks, `npm run bench -- <name> [options]` one of them; options are the benchmark's own.
import { readdirSync } from "node:fs";

const notBenchmarks = ["run.mjs", "interleaved.mjs", "statistics.mjs"];
const known = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".mjs") && !notBenchmarks.includes(file))
  .map((file) => file.replace(".mjs", ""));
const names = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const unknown = names.filter((name) => !known.includes(name));

if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(", ")}. There is: ${known.join(", ")}.`);
  process.exitCode = 2;
} else {
  for (const name of names.length > 0 ? names : known) await import(`./${name}.mjs`);
}
