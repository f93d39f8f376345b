// What a session costs a server for each request: the processor's time of its process under load, less that of the same
// application without sessions. The time that passes says little on a shared machine, the processor's time holds.
import { bare, frameworks } from "./http/contenders.mjs";
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
  for (const name of framework.split(",")) {
    const { title, contenders, packages: measured } = frameworks[name] ?? unknownFramework(name);
    const names = Object.keys(contenders).filter((contender) => contenders[contender].store !== "redis");
    const results = await measureFramework(name, names, { rounds: Number(rounds), turn: turnOf(turn) });
    const rows = names.map((contender) => rowOf(contender, results));
    tables.push(tableOf(name, title, rows, measured));
    goals.push(...goalsOf(title, rows, contenders));
  }
  return { tables, goals };
}

function unknownFramework(name) {
  throw new UsageError(`No framework is called ${name}. There is: ${Object.keys(frameworks).join(", ")}.`);
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

function tableOf(name, title, rows, measured) {
  return {
    name: `http-${name}`,
    title: `${title}: processor time of the server for each request, and what sessions add to it`,
    rows,
    packages: measured,
    chart: {
      values: ["read", "write", "untouched"].map(addedOf),
      axis: "microseconds of the processor added to a request",
      goals: [{ at: untouchedGoal, title: `goal of an untouched session: ${untouchedGoal}` }],
    },
  };
}

function goalsOf(title, rows, contenders) {
  const peers = rows.filter(({ contender }) => contender !== bare && !contenders[contender].isOurs);
  const encrypted = peers.filter(({ contender }) => contenders[contender].isEncrypted);
  const own = (name, column) => rows.find(({ contender }) => contender === name)[column];
  return [
    belowFastest(`${title}, read`, own(cookie, addedOf("read")), peers, addedOf("read")),
    // Where nobody encrypts, whoever signs is faster still.
    belowFastest(
      `${title}, write`,
      own(cookie, addedOf("write")),
      encrypted.length > 0 ? encrypted : peers,
      addedOf("write"),
    ),
    ...rows
      .filter(({ contender }) => contenders[contender].isOurs)
      .flatMap((row) => [
        atMost(
          `${title}, ${row.contender}: added where the session is not touched, us`,
          row[addedOf("untouched")],
          untouchedGoal,
        ),
        atMost(`${title}, ${row.contender}: store operations there`, row[operations], 0),
      ]),
  ];
}

function belowFastest(name, value, peers, column) {
  const fastest = peers.reduce((best, row) => (row[column] < best[column] ? row : best));
  return below(`${name}: encrypted cookie below ${fastest.contender}, us`, value, fastest[column]);
}
