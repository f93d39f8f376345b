// What sessions take in the memory of a process, by store and number of sessions. Each is a process of its own.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { round } from "../measure/statistics.mjs";

const run = promisify(execFile);
const program = fileURLToPath(new URL("./memory-process.mjs", import.meta.url));
const heap = 8192;

export const texts = "the texts alone, in a Map";
export const ours = "typed-session, MemoryStore";
const contenders = [texts, ours, "express-session, MemoryStore", "@fastify/session, MemoryStore"];

/** A row for each store and number of sessions. */
export async function measureMemory(counts) {
  const rows = [];
  for (const count of counts) {
    const measured = [];
    for (const store of contenders) measured.push({ store, bytes: await bytesOfSession(store, count) });
    const [base] = measured;
    rows.push(
      ...measured.map(({ store, bytes }) => ({
        store,
        sessions: count,
        "bytes of a session": Math.round(bytes),
        "to the texts alone": round(bytes / base.bytes),
      })),
    );
  }
  return rows;
}

async function bytesOfSession(store, count) {
  const args = ["--expose-gc", `--max-old-space-size=${heap}`, program, store, String(count)];
  const { stdout } = await run(process.execPath, args);
  return JSON.parse(stdout).bytes / count;
}
