// Starts ESLint's command in a process of its own, which accounts for the time of the processor that all of its threads took.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const eslint = join(dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");
const reporter = new URL("report-usage.mjs", import.meta.url).href;

/** The process, and what it resolves to: seconds of the processor, megabytes at the peak, the number of problems found. */
export function startLint(config, folder) {
  const args = ["--import", reporter, eslint, "--config", config, "src"];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const [output, errors, usage] = child.stdio.slice(1).map(collect);
  const ended = new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code !== 0) reject(new Error(`eslint --config ${config} ended with ${code}: ${errors()}${output()}`));
      else resolve({ ...JSON.parse(usage()), problems: Number(/(\d+) problems?/.exec(output())?.[1] ?? 0) });
    });
  });
  return { child, ended };
}

function collect(stream) {
  const chunks = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
