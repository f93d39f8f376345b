// Runs contenders in turns, in one process: on a shared machine their ratios hold, the absolute figures do not.

/** For the compiler, which takes many files longer than one function: how long each contender runs before it is measured. */
const warmUpMilliseconds = 1000;

/**
 * Resolves to the microseconds of a call in each round, by contender. A contender gets as many calls as fill its slice, so
 * that slow ones do not take the time of all.
 */
export async function interleave(contenders, { rounds, milliseconds }) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (const run of Object.values(contenders)) await measureSlice(run, warmUpMilliseconds);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) times[name].push(await measureSlice(run, milliseconds));
  }
  return times;
}

async function measureSlice(run, milliseconds) {
  const first = run();
  return first instanceof Promise ? (await first, measureAsync(run, milliseconds)) : measureSync(run, milliseconds);
}

/** Calls between two looks at the clock, which takes time itself. */
const callsAtOnce = 16;

function measureSync(run, milliseconds) {
  const start = performance.now();
  let calls = 0;
  let now = start;
  while (now - start < milliseconds) {
    for (let call = 0; call < callsAtOnce; call += 1) run();
    calls += callsAtOnce;
    now = performance.now();
  }
  return ((now - start) * 1000) / calls;
}

async function measureAsync(run, milliseconds) {
  const start = performance.now();
  let calls = 0;
  let now = start;
  while (now - start < milliseconds) {
    await run();
    calls += 1;
    now = performance.now();
  }
  return ((now - start) * 1000) / calls;
}
