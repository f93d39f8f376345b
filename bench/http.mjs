// What a session costs a server for each request: the processor's time of its process under load, less that of the same
// application without sessions. The time that passes says little on a shared machine, the processor's time holds.
import { bare, frameworks, hasSessions } from "./http/contenders.mjs";
import { measureFramework, turnOf, turnOptions } from "./http/measure-framework.mjs";
import { atMost, below } from "./measure/goals.mjs";
import { UsageError } from "./measure/usage-error.mjs";
import { difference, median, pairedMedian, round } from "./measure/statistics.mjs";

export const summary =
  "processor time of a server for each request, on Express, Fastify, Koa and Hono, against their session libraries";

export const options = {
  framework: { type: "string", default: Object.keys(frameworks).join(","), description: "the frameworks to measure" },
  rounds: { type: "string", default: "5", description: "how often each contender takes its turn" },
  ...turnOptions,
};

export const packages = ["autocannon", "zod", ...Object.values(frameworks).flatMap((framework) => framework.packages)];

const cookie = "typed-session, cookie";
const untouchedGoal = 5;

export async function measure({ framework, rounds, ...turn }) {
  const tables = [];
  const goals = [];
  for (const [name, { title, contenders, packages: measured }] of chosenFrameworks(framework)) {
    const names = Object.keys(contenders).filter((contender) => contenders[contender].store !== "redis");
    const results = await measureFramework(name, names, { rounds: Number(rounds), turn: turnOf(turn) });
    const rows = names.map((contender) => rowOf(contender, results));
    const toBeat = peersToBeat(rows, contenders);
    tables.push(tableOf(name, title, rows, toBeat, measured));
    goals.push(...goalsOf(title, rows, toBeat, contenders));
  }
  return { tables, goals };
}

function chosenFrameworks(list) {
  return list.split(",").map((name) => {
    if (Object.hasOwn(frameworks, name)) return [name, frameworks[name]];
    throw new UsageError(`No framework is called ${name}. There is: ${Object.keys(frameworks).join(", ")}.`);
  });
}

function rowOf(contender, results) {
  const times = (name, route) => results[name][route].map(({ microseconds }) => microseconds);
  const figures = (route, label) => {
    const own = times(contender, route);
    return {
      [`${label}, us`]: round(median(own), 1),
      [addedOf(label)]: contender === bare ? undefined : round(pairedMedian(own, times(bare, route), difference), 1),
    };
  };
  return {
    contender,
    ...figures("/read", "read"),
    ...figures("/write", "write"),
    ...figures("/untouched", "untouched"),
    ...storeOperations(contender, results[contender]["/untouched"]),
  };
}

/** Only this project's own stores are counted. */
function storeOperations(contender, measured) {
  if (!contender.startsWith("typed-session")) return {};
  return { [operations]: round(median(measured.map((each) => each.storeOperations))) };
}

const addedOf = (label) => `${label}, added us`;
const operations = "store operations, untouched";

/** Who is to be beaten: the fastest of all on reads, and on writes the fastest of those who encrypt, where there is one. */
function peersToBeat(rows, contenders) {
  const peers = rows.filter(({ contender }) => hasSessions(contender) && !contenders[contender].isOurs);
  const encrypted = peers.filter(({ contender }) => contenders[contender].isEncrypted);
  return {
    read: fastest(peers, addedOf("read")),
    write: fastest(encrypted.length > 0 ? encrypted : peers, addedOf("write")),
  };
}

function fastest(rows, column) {
  const best = rows.reduce((least, row) => (row[column] < least[column] ? row : least));
  return { contender: best.contender, added: best[column] };
}

function tableOf(name, title, rows, { read, write }, measured) {
  return {
    name: `http-${name}`,
    title: `${title}: processor time of the server for each request, and what sessions add to it`,
    rows,
    packages: measured,
    chart: {
      values: ["read", "write", "untouched"].map(addedOf),
      axis: "microseconds of the processor added to a request",
      goals: [
        { at: untouchedGoal, title: `goal of an untouched session: ${untouchedGoal}` },
        { at: read.added, title: `of reads: below ${read.contender}` },
        { at: write.added, title: `of writes: below ${write.contender}` },
      ],
    },
  };
}

function goalsOf(title, rows, { read, write }, contenders) {
  const own = rows.find(({ contender }) => contender === cookie);
  return [
    below(`${title}, read: encrypted cookie below ${read.contender}, us`, own[addedOf("read")], read.added),
    below(`${title}, write: encrypted cookie below ${write.contender}, us`, own[addedOf("write")], write.added),
    ...rows.filter(({ contender }) => contenders[contender].isOurs).flatMap((row) => untouchedGoals(title, row)),
  ];
}

function untouchedGoals(title, row) {
  const where = `${title}, ${row.contender}: session not touched`;
  return [
    atMost(`${where}, added us`, row[addedOf("untouched")], untouchedGoal),
    atMost(`${where}, store operations`, row[operations], 0),
  ];
}
