import { openSync, readSync } from "node:fs";

const accounts = openAccounts();
const buffer = Buffer.alloc(64);

/**
 * Milliseconds that this process's first thread had the processor, as Linux accounts for it (/proc/[pid]/task/[tid]/schedstat):
 * time in which other processes had it is not the program's. It moves in the steps of the kernel's clock, mostly 4 ms. Elsewhere,
 * the time that passes.
 */
export function threadTime() {
  if (accounts === null) return performance.now();
  const length = readSync(accounts, buffer, 0, buffer.length, 0);
  return Number(buffer.toString("latin1", 0, length).split(" ", 1)[0]) / 1e6;
}

function openAccounts() {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`);
  } catch {
    return null;
  }
}
