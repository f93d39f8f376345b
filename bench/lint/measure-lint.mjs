// Runs ESLint's command in a process of its own. The time of the processor is the process's own account of it, of all its threads:
// on a shared machine, the time that passes is mostly that of others.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const eslint = join(dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");
const reporter = new URL("report-usage.mjs", import.meta.url).href;

/** Resolves to seconds, seconds of the processor, megabytes at the peak, and the number of problems that were found. */
export function measureLint(config, folder) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const args = ["--import", reporter, eslint, "--config", config, "src"];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    const [output, errors, usage] = child.stdio.slice(1).map(collect);
    child.on("close", (code) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (code !== 0) reject(new Error(`eslint --config ${config} ended with ${code}: ${errors()}${output()}`));
      else resolve({ seconds, ...JSON.parse(usage()), problems: Number(/(\d+) problems?/.exec(output())?.[1] ?? 0) });
    });
  });
}

function collect(stream) {
  const chunks = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
