// Lets processes run one at a time, a slice of time each, round and round until all have ended. What else the machine does meets
// all of them alike; run one after the other, the same process took up to a third more of the processor.
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";

const slice = 200;

/** Resolves to the seconds that each process had, in the order of the processes. */
export async function takeTurns(children) {
  const turns = children.map((child) => ({ child, ended: once(child, "exit"), seconds: 0 }));
  const endAll = () => turns.filter(isRunning).forEach(({ child }) => child.kill("SIGKILL"));
  process.once("exit", endAll);
  for (const { child } of turns) child.kill("SIGSTOP");
  while (turns.some(isRunning)) {
    for (const turn of turns.filter(isRunning)) await give(turn);
  }
  process.off("exit", endAll);
  return turns.map(({ seconds }) => seconds);
}

async function give(turn) {
  const start = process.hrtime.bigint();
  turn.child.kill("SIGCONT");
  await Promise.race([setTimeout(slice), turn.ended]);
  if (isRunning(turn)) turn.child.kill("SIGSTOP");
  turn.seconds += Number(process.hrtime.bigint() - start) / 1e9;
}

function isRunning({ child }) {
  return child.exitCode === null && child.signalCode === null;
}
