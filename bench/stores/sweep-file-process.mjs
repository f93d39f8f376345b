// Has a FileStore remove what has expired, and watches how long the event loop is held up meanwhile. Arguments: the number of
// entries, and the share of them that has expired.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { FileStore } from "typed-session";
import { sampleSession } from "../sample-session.mjs";
import { threadTime } from "./thread-time.mjs";

const [count, share] = process.argv.slice(2).map(Number);
const writesAtOnce = 50;

let now = 0;
const folder = await mkdtemp(join(tmpdir(), "typed-session-bench-"));
try {
  const store = new FileStore({ folder, clock: () => now });
  await fill(store);
  now = 100_000;
  const watch = watchLoop();
  const start = performance.now();
  const removed = await store.deleteExpired();
  const milliseconds = performance.now() - start;
  const blocks = [[0, await watch.stop()]];
  process.stdout.write(JSON.stringify({ sweep: { calls: 1, milliseconds, removed, blocks } }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function fill(store) {
  const text = JSON.stringify(sampleSession());
  for (let first = 0; first < count; first += writesAtOnce) {
    const keys = Array.from({ length: Math.min(writesAtOnce, count - first) }, (_, offset) => first + offset);
    await Promise.all(keys.map((index) => store.set(`key ${index}`, text, index < count * share ? 10 : 1000)));
  }
}

/** The longest turn of the event loop, in milliseconds of the thread that runs it. */
function watchLoop() {
  let longest = 0;
  let isOver = false;
  const watching = (async () => {
    for (let last = threadTime(); !isOver;) {
      await setImmediate();
      const turn = threadTime();
      longest = Math.max(longest, turn - last);
      last = turn;
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      return longest;
    },
  };
}
