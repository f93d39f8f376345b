// What sessions in stores cost: requests a second from each store, round trips to Redis beside the session libraries of the
// frameworks, memory, and how long removing what has expired holds up the process.
import { randomUUID } from "node:crypto";
import { frameworks } from "./http/contenders.mjs";
import { measureFramework, routes, turnOf, turnOptions } from "./http/measure-framework.mjs";
import { atMost } from "./measure/goals.mjs";
import { UsageError } from "./measure/usage-error.mjs";
import { difference, median, pairedMedian, ratio, round } from "./measure/statistics.mjs";
import { measureMemory } from "./stores/memory.mjs";
import { connectToRedis, redisUrl, removeKeys } from "./stores/redis.mjs";
import { countRoundTrips } from "./stores/round-trips.mjs";
import { measureSweep, sweeps } from "./stores/sweep.mjs";
import { measureThroughput } from "./stores/throughput.mjs";

export const summary =
  "requests a second, round trips to Redis, memory, and the sweep of expired sessions; Redis by REDIS_URL";

const parts = { throughput: throughputPart, redis: redisPart, memory: memoryPart, sweep: sweepPart };

const peersOnRedis = {
  express: "express-session, connect-redis",
  fastify: "@fastify/session, connect-redis",
};

export const options = {
  parts: { type: "string", default: Object.keys(parts).join(","), description: "what to measure of them" },
  framework: { type: "string", default: Object.keys(peersOnRedis).join(","), description: "the frameworks on Redis" },
  rounds: { type: "string", default: "5", description: "how often each contender takes its turn" },
  milliseconds: { type: "string", default: "200", description: "how long one turn of a store lasts" },
  ...turnOptions,
  sessions: {
    type: "string",
    default: "1000,100000,1000000",
    description: "live sessions in memory; the last is swept",
  },
  files: { type: "string", default: "1000", description: "files to sweep" },
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

const oursOnRedis = "typed-session, Redis";
const readGoal = 1;
const writeGoal = 2;
const sweepGoal = 5;
/** A million sessions take their time to fill in; three runs tell what all of them have in common. */
const sweepRounds = 3;

export async function measure({ parts: wanted, framework, rounds, milliseconds, sessions, files, ...turn }) {
  const chosen = chosenParts(wanted);
  const redis = await connectToRedis();
  const settings = {
    redis,
    // A framework without a peer on Redis has nothing to compare with.
    frameworksOnRedis: framework.split(",").filter((name) => Object.hasOwn(peersOnRedis, name)),
    prefix: `typed-session-bench:${randomUUID()}:`,
    rounds: Number(rounds),
    milliseconds: Number(milliseconds),
    turn: turnOf(turn),
    counts: sessions.split(",").map(Number),
    files: Number(files),
  };
  try {
    const results = [];
    for (const part of chosen) results.push(await part(settings));
    return {
      tables: results.flatMap(({ tables }) => tables),
      goals: results.flatMap(({ goals }) => goals),
      skipped: redis === null ? [`what needs Redis: none answers at ${redisUrl}`] : [],
    };
  } finally {
    if (redis !== null) {
      await removeKeys(redis, settings.prefix);
      await redis.close();
    }
  }
}

function chosenParts(wanted) {
  return wanted.split(",").map((name) => {
    if (Object.hasOwn(parts, name)) return parts[name];
    throw new UsageError(`No part of stores is called ${name}. There is: ${Object.keys(parts).join(", ")}.`);
  });
}

async function throughputPart(settings) {
  return { tables: [throughputTable(await measureThroughput(settings))], goals: [] };
}

async function redisPart({ redis, frameworksOnRedis, prefix, rounds, turn }) {
  if (redis === null) return { tables: [], goals: [] };
  const rows = await measureOnRedis(frameworksOnRedis, prefix, rounds, turn);
  return { tables: [redisTable(rows)], goals: rows.flatMap(roundTripGoals) };
}

async function memoryPart({ counts }) {
  return { tables: [memoryTable(await measureMemory(counts))], goals: [] };
}

async function sweepPart({ counts, files, rounds }) {
  const rows = await measureSweep({ inMemory: counts.at(-1), inFiles: files, rounds: Math.min(rounds, sweepRounds) });
  return { tables: [sweepTable(rows)], goals: rows.filter(({ doing }) => sweeps.includes(doing)).map(sweepGoalOf) };
}

async function measureOnRedis(chosen, prefix, rounds, turn) {
  const rows = [];
  for (const framework of chosen) {
    const peer = peersOnRedis[framework];
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
