// Runs a Node.js program to its end, and says how long it took and how much memory it and what it started took at most.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

const interval = 20;

/** Resolves to seconds, and to megabytes: the sum of each process's own peak, sampled; `NaN` where there is no `/proc`. */
export function measureProcess(args, cwd) {
  return new Promise((resolve, reject) => {
    const peaks = new Map();
    const errors = [];
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (chunk) => errors.push(chunk));
    const timer = setInterval(() => notePeaks(child.pid, peaks), interval);
    child.on("close", (code) => {
      clearInterval(timer);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (code !== 0) reject(new Error(`${args.join(" ")} ended with ${code}: ${Buffer.concat(errors)}`));
      const megabytes = peaks.size === 0 ? NaN : [...peaks.values()].reduce((sum, each) => sum + each) / 1024;
      resolve({ seconds, megabytes });
    });
  });
}

function notePeaks(pid, peaks) {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    if (kilobytes !== undefined) peaks.set(pid, Number(kilobytes));
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      for (const each of readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ")) {
        if (each !== "") notePeaks(Number(each), peaks);
      }
    }
  } catch {
    // It has ended.
  }
}
