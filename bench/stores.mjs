// What sessions in stores cost: requests a second from each store, round trips to Redis beside the session libraries of the
// frameworks, memory, and how long removing what has expired holds up the process.
import { randomUUID } from "node:crypto";
import { frameworks } from "./http/contenders.mjs";
import { measureFramework, routes, turnOf, turnOptions } from "./http/measure-framework.mjs";
import { atMost } from "./measure/goals.mjs";
import { difference, median, pairedMedian, ratio, round } from "./measure/statistics.mjs";
import { measureMemory } from "./stores/memory.mjs";
import { connectToRedis, redisUrl, removeKeys } from "./stores/redis.mjs";
import { countRoundTrips } from "./stores/round-trips.mjs";
import { measureSweep, sweeps } from "./stores/sweep.mjs";
import { measureThroughput } from "./stores/throughput.mjs";

export const summary =
  "requests a second, round trips to Redis, memory, and the sweep of expired sessions; Redis by REDIS_URL";

export const options = {
  rounds: { type: "string", default: "5", description: "how often each contender takes its turn" },
  milliseconds: { type: "string", default: "200", description: "how long one turn of a store lasts" },
  ...turnOptions,
  sessions: {
    type: "string",
    default: "1000,100000,1000000",
    description: "live sessions in memory; the last is swept",
  },
  files: { type: "string", default: "2000", description: "files to sweep" },
};

export const packages = [
  "typed-session",
  "zod",
  "redis",
  "connect-redis",
  "express",
  "express-session",
  "fastify",
  "@fastify/session",
  "autocannon",
];

const peersOnRedis = {
  express: "express-session, connect-redis",
  fastify: "@fastify/session, connect-redis",
};
const oursOnRedis = "typed-session, Redis";
const readGoal = 1;
const writeGoal = 2;
const sweepGoal = 5;

export async function measure({ rounds, milliseconds, sessions, files, ...turn }) {
  const counts = sessions.split(",").map(Number);
  const redis = await connectToRedis();
  const prefix = `typed-session-bench:${randomUUID()}:`;
  try {
    const throughput = await measureThroughput({
      redis,
      prefix,
      rounds: Number(rounds),
      milliseconds: Number(milliseconds),
    });
    const onRedis = redis === null ? [] : await measureOnRedis(prefix, Number(rounds), turnOf(turn));
    const memory = await measureMemory(counts);
    const sweep = await measureSweep({ inMemory: counts.at(-1), inFiles: Number(files), rounds: Number(rounds) });
    return {
      tables: [
        throughputTable(throughput),
        ...(redis === null ? [] : [redisTable(onRedis)]),
        memoryTable(memory),
        sweepTable(sweep),
      ],
      goals: [
        ...onRedis.flatMap(roundTripGoals),
        ...sweep.filter(({ doing }) => sweeps.includes(doing)).map(sweepGoalOf),
      ],
      skipped: redis === null ? [`what needs Redis: none answers at ${redisUrl}`] : [],
    };
  } finally {
    if (redis !== null) {
      await removeKeys(redis, prefix);
      await redis.close();
    }
  }
}

async function measureOnRedis(prefix, rounds, turn) {
  const rows = [];
  for (const [framework, peer] of Object.entries(peersOnRedis)) {
    const names = ["bare", peer, oursOnRedis];
    const parameters = [redisUrl, prefix];
    const results = await measureFramework(framework, names, { rounds, turn, parameters });
    for (const contender of [peer, oursOnRedis]) {
      const roundTrips = await countRoundTrips(framework, contender, routes, { url: redisUrl, prefix });
      rows.push(redisRow(framework, contender, peer, results, roundTrips));
    }
  }
  return rows;
}

function redisRow(framework, contender, peer, results, roundTrips) {
  const figuresOf = (name, route, figure) => results[name][route].map((measured) => measured[figure]);
  const ofRoute = (route, label) => ({
    [`${label}, round trips`]: roundTrips[route],
    [`${label}, requests/s to the peer's`]: round(
      pairedMedian(figuresOf(contender, route, "perSecond"), figuresOf(peer, route, "perSecond"), ratio),
    ),
    [`${label}, added us`]: round(
      pairedMedian(figuresOf(contender, route, "microseconds"), figuresOf("bare", route, "microseconds"), difference),
      1,
    ),
  });
  return {
    contender: `${contender}, on ${frameworks[framework].title}`,
    ...ofRoute("/read", "read"),
    ...ofRoute("/write", "write"),
    "untouched, round trips": roundTrips["/untouched"],
    "requests/s, read": Math.round(median(figuresOf(contender, "/read", "perSecond"))),
  };
}

function throughputTable(rows) {
  return {
    name: "stores",
    title: "requests a second of the server-side backend, 16 under way, without a framework",
    rows,
    packages: ["typed-session", "redis", "zod"],
    chart: { values: ["read, 1/s", "change, 1/s"], axis: "requests a second (logarithmic)", scale: "log" },
  };
}

function redisTable(rows) {
  return {
    name: "stores-redis",
    title: "on Redis: round trips of a request, and processor time of the server that sessions add",
    rows,
    chart: {
      values: ["read, round trips", "write, round trips", "untouched, round trips"],
      axis: "round trips to Redis of a request",
      goals: [
        { at: readGoal, title: `goal of a read: ${readGoal}` },
        { at: writeGoal, title: `of a write: ${writeGoal}` },
      ],
    },
  };
}

function memoryTable(rows) {
  return {
    name: "stores-memory",
    title: "memory of a live session",
    rows,
    packages: ["typed-session", "express-session", "@fastify/session"],
    chart: { kind: "lines", x: "sessions", y: "bytes of a session", series: "store" },
  };
}

function sweepTable(rows) {
  return {
    name: "stores-sweep",
    title: "the longest time that a store holds up the event loop",
    rows,
    packages: ["typed-session"],
    chart: {
      values: ["longest block, ms"],
      axis: "milliseconds",
      goals: [{ at: sweepGoal, title: `goal of sweeps: ${sweepGoal}` }],
    },
  };
}

function roundTripGoals(row) {
  if (!row.contender.startsWith(oursOnRedis)) return [];
  return [
    atMost(`${row.contender}: round trips of a read`, row["read, round trips"], readGoal),
    atMost(`${row.contender}: round trips of a write`, row["write, round trips"], writeGoal),
  ];
}

function sweepGoalOf({ doing, "longest block, ms": value }) {
  return atMost(`${doing}: the event loop held up, ms`, value, sweepGoal);
}
