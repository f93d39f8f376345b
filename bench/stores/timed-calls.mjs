import { setImmediate } from "node:timers/promises";

const callsInTurn = 100;
/** In milliseconds. Shorter calls are not kept: the longest are looked for. */
const worthKeeping = 0.2;

/**
 * Makes calls until there were enough, or the time is over, and says which held up the event loop: `blocks` are pairs of the
 * call's number and its milliseconds.
 */
export async function timeCalls(call, { calls: wanted, seconds }) {
  const blocks = [];
  const start = performance.now();
  let calls = 0;
  let now = start;
  while (calls < wanted && now - start < seconds * 1000) {
    for (let turn = 0; turn < callsInTurn && calls < wanted; turn += 1) {
      const before = performance.now();
      call(calls);
      now = performance.now();
      if (now - before > worthKeeping) blocks.push([calls, now - before]);
      calls += 1;
    }
    // As requests come, each in a turn of its own.
    await setImmediate();
  }
  return { calls, milliseconds: now - start, blocks };
}
