// Runs contenders in turns, in one process, and prints medians and their ratios to the first: on a shared machine the
// ratios hold, the absolute figures do not.
import { machine, median, round } from "./statistics.mjs";

export function compareInterleaved({ title, contenders, rounds = 15, calls = 4000 }) {
  const names = Object.keys(contenders);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const name of names) {
      const time = measure(contenders[name], calls);
      if (round >= 0) times[name].push(time);
    }
  }
  console.log(`${title}: medians of ${rounds} interleaved rounds of ${calls} calls`);
  const { node, processor } = machine();
  console.log(`node ${node}, ${processor}`);
  const base = median(times[names[0]]);
  console.table(
    Object.fromEntries(
      names.map((name) => [name, { "us/call": round(median(times[name])), ratio: round(median(times[name]) / base) }]),
    ),
  );
}

function measure(run, calls) {
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) run();
  return Number(process.hrtime.bigint() - start) / 1000 / calls;
}
