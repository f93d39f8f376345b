// Fills a MemoryStore, and then writes to it until its sweep has been round all entries. Arguments: the number of entries, and
// the share of them that has expired before the writes.
import { randomBytes } from "node:crypto";
import { MemoryStore } from "typed-session";
import { sampleSession } from "../sample-session.mjs";
import { timeCalls } from "./timed-calls.mjs";

const [count, share] = process.argv.slice(2).map(Number);
/** A store whose writes take longer the more it holds would never end. */
const seconds = 10;

let now = 0;
const store = new MemoryStore({ maxEntries: 2 * count, clock: () => now });
const text = JSON.stringify(sampleSession());
const keys = Array.from({ length: count }, () => randomBytes(32).toString("hex"));
const isExpiring = (index) => (index * share) % 1 < share;

const fill = await timeCalls((index) => store.set(keys[index], `${text}${index}`, isExpiring(index) ? 10 : 1000), {
  calls: count,
  seconds,
});
now = 100_000;
const before = store.size;
const lasting = keys.slice(0, before).filter((_, index) => !isExpiring(index));
const writes = await timeCalls((call) => store.set(lasting[call % lasting.length], text, 1000), {
  calls: count,
  seconds,
});

process.stdout.write(
  JSON.stringify({ fill: { ...fill, removed: 0 }, writes: { ...writes, removed: before - store.size } }),
);
