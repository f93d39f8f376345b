// How long removing expired sessions holds up everything else in the process. Each run is a process of its own and does the same
// as the others, so what each of them was held up by at the same place is the store's doing; the rest is the machine's, or the
// collection of garbage.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median, round } from "../measure/statistics.mjs";

const run = promisify(execFile);
const memoryProgram = fileURLToPath(new URL("./sweep-memory-process.mjs", import.meta.url));
const fileProgram = fileURLToPath(new URL("./sweep-file-process.mjs", import.meta.url));
const heap = 8192;

/** What the goal is about. */
export const sweeps = ["MemoryStore, writes, half expired", "FileStore, deleteExpired(), half expired"];

/** A row for each store and what it does, with expired sessions and, to compare with, without. */
export async function measureSweep({ inMemory, inFiles, rounds }) {
  const full = await repeat(rounds, memoryProgram, inMemory, 0);
  const halfExpired = await repeat(rounds, memoryProgram, inMemory, 0.5);
  const filesFull = await repeat(rounds, fileProgram, inFiles, 0);
  const filesHalfExpired = await repeat(rounds, fileProgram, inFiles, 0.5);
  return [
    rowOf("MemoryStore, new sessions", inMemory, phaseOf(full, "fill")),
    rowOf("MemoryStore, writes, none expired", inMemory, phaseOf(full, "writes")),
    rowOf(sweeps[0], inMemory, phaseOf(halfExpired, "writes")),
    rowOf("FileStore, deleteExpired(), none expired", inFiles, phaseOf(filesFull, "sweep")),
    rowOf(sweeps[1], inFiles, phaseOf(filesHalfExpired, "sweep")),
  ];
}

async function repeat(rounds, program, sessions, share) {
  const results = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const args = [`--max-old-space-size=${heap}`, program, String(sessions), String(share)];
    const { stdout } = await run(process.execPath, args, { maxBuffer: 256 * 1024 * 1024 });
    results.push(JSON.parse(stdout));
  }
  return results;
}

const phaseOf = (results, phase) => results.map((result) => result[phase]);

function rowOf(doing, sessions, phases) {
  return {
    doing,
    sessions,
    calls: Math.min(...phases.map(({ calls }) => calls)),
    removed: Math.min(...phases.map(({ removed }) => removed)),
    "a call, us": round(median(phases.map(({ calls, milliseconds }) => (milliseconds * 1000) / calls)), 1),
    "longest block, ms": round(longestInAll(phases)),
  };
}

/** The longest call, each taken from the run where it was shortest. */
function longestInAll([first, ...others]) {
  const rest = others.map(({ blocks }) => new Map(blocks));
  const shortest = first.blocks.map(([call, time]) => Math.min(time, ...rest.map((blocks) => blocks.get(call) ?? 0)));
  return Math.max(0, ...shortest);
}
