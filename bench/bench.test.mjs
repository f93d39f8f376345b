// Keeps the benchmarks from rotting: each runs in its smallest form, where its figures mean nothing and its claims all hold.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { benchmarks } from "./benchmarks.mjs";
import { describeCommandLine, readCommandLine } from "./command-line.mjs";
import { frameworks, hasSessions } from "./http/contenders.mjs";
import { summarize } from "./http/pages.mjs";
import { assertKeepsSession } from "./http/visit.mjs";
import { atMost, below } from "./measure/goals.mjs";
import { growthOf } from "./measure/growth.mjs";
import { difference, median, pairedMedian } from "./measure/statistics.mjs";
import { UsageError } from "./measure/usage-error.mjs";
import { drawChart } from "./report/chart.mjs";
import { sampleSession } from "./sample-session.mjs";

const program = fileURLToPath(new URL("run.mjs", import.meta.url));

function bench(...args) {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

async function benchJson(...args) {
  const { code, stdout, stderr } = await bench(...args, "--json");
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

function expectFigures(rows, column) {
  for (const row of rows) expect(row[column], `${column} of ${JSON.stringify(row)}`).toBeGreaterThan(0);
}

function expectReport(report, name) {
  expect(report.machine.processor).toMatch(/^\d+ x /);
  expect(report.versions).toMatchObject({ node: process.versions.node, zod: expect.stringMatching(/^4\./) });
  const { versions, tables, goals } = report.benchmarks[name];
  expect(Object.values(versions).every((version) => /^\d+\.\d+\.\d+/.test(version))).toBe(true);
  expect(goals.length).toBeGreaterThan(0);
  for (const goal of goals) {
    expect(goal).toEqual({
      goal: expect.any(String),
      value: expect.any(Number),
      limit: expect.stringMatching(/^<=? -?[\d.]+$/),
      reached: expect.any(Boolean),
    });
  }
  return Object.fromEntries(tables.map((table) => [table.name, table.rows]));
}

test("codec compares the cookie backend with all peers", async () => {
  const report = await benchJson("codec", "--rounds=1", "--milliseconds=1");
  const { codec } = expectReport(report, "codec");
  expect(codec.map(({ contender }) => contender.split(/ \(|:/)[0])).toEqual([
    "floor",
    "typed-session",
    "@fastify/secure-session",
    "cookie-session",
    "koa-session",
    "React Router",
    "@hono/session",
    "iron-session 8",
    "h3",
  ]);
  expectFigures(codec, "change / floor");
  expectFigures(codec, "read / floor");
  expect(codec[0]["change / floor"]).toBe(1);
});

test("http says what sessions add to a request, and counts store operations", async () => {
  const report = await benchJson("http", "--framework=koa", "--rounds=1", "--requests=16");
  const { "http-koa": koa } = expectReport(report, "http");
  expect(koa.map(({ contender }) => contender)).toEqual([
    "bare",
    "a middleware that does nothing",
    "typed-session, cookie",
    "typed-session, memory",
    "typed-session, memory, on demand",
    "koa-session",
  ]);
  for (const route of ["read", "write", "untouched"]) expectFigures(koa, `${route}, us`);
  const operations = Object.fromEntries(koa.map((row) => [row.contender, row["store operations, untouched"]]));
  expect(operations).toMatchObject({ "typed-session, cookie": 0, "typed-session, memory, on demand": 0 });
});

test("stores measures every store, memory and sweep, and counts round trips to Redis", async () => {
  const smallest = [
    "--framework=fastify",
    "--rounds=1",
    "--milliseconds=1",
    "--requests=16",
    "--sessions=2000",
    "--files=10",
  ];
  const report = await benchJson("stores", ...smallest);
  const tables = expectReport(report, "stores");
  expectFigures(tables.stores, "read, 1/s");
  expectFigures(tables.stores, "change, 1/s");
  expect(tables["stores-memory"]).toHaveLength(4);
  expectFigures(tables["stores-memory"], "bytes of a session");
  expect(tables["stores-sweep"].map(({ removed }) => removed)).toEqual([0, 0, 1000, 0, 5]);

  const [skipped] = report.benchmarks.stores.skipped;
  if (skipped !== undefined) {
    expect(tables["stores-redis"]).toBeUndefined();
    console.warn(`SKIPPED: ${skipped}`);
    return;
  }
  const [peer, ours] = tables["stores-redis"];
  expect(peer.contender).toBe("@fastify/session, connect-redis, on Fastify");
  expect(ours).toMatchObject({
    contender: "typed-session, Redis, on Fastify",
    "read, round trips": 1,
    "write, round trips": 2,
  });
});

describe.each(Object.entries(frameworks))("on %s", (_name, { contenders }) => {
  const withSessions = Object.entries(contenders).filter(([name, { store }]) => hasSessions(name) && store !== "redis");

  test.each(withSessions)("%s keeps its session", async (_contender, { start }) => {
    const server = await start({ count: () => {} });
    try {
      if (!server.listening) await once(server, "listening");
      await assertKeepsSession(`http://127.0.0.1:${server.address().port}`, summarize(sampleSession()));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test("a page without its session fails, and is not taken for a fast one", async () => {
    const server = await contenders["typed-session, cookie"].start({ count: () => {} });
    try {
      if (!server.listening) await once(server, "listening");
      const { status } = await fetch(`http://127.0.0.1:${server.address().port}/read`);
      expect(status).toBe(500);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("the command line", () => {
  test("with a benchmark that there is not ends with an error that lists those that there are", async () => {
    const { code, stderr } = await bench("codecs");
    expect(code).toBe(2);
    expect(stderr).toBe("No benchmark is called codecs. There is: codec, http, stores, types, upgrade, lint.\n");
  });

  test.each([
    ["that there are not", ["codec", "--round=1"], "--round"],
    ["of other benchmarks", ["codec", "--handlers=1"], "codec has no option --handlers"],
  ])("refuses options %s", (_which, args, message) => {
    expect(() => readCommandLine(args)).toThrow(UsageError);
    expect(() => readCommandLine(args)).toThrow(message);
  });

  test("gives each benchmark the options that it has, and its own defaults", () => {
    const { runs, json } = readCommandLine(["codec", "stores", "--rounds=2", "--files=7", "--json"]);
    expect(json).toBe(true);
    expect(runs).toMatchObject([
      { name: "codec", options: { rounds: "2", milliseconds: "40" } },
      { name: "stores", options: { rounds: "2", milliseconds: "200", files: "7" } },
    ]);
    expect(runs[0].options).not.toHaveProperty("files");
  });

  test("runs all benchmarks where it names none", () => {
    expect(readCommandLine([]).runs.map(({ name }) => name)).toEqual(Object.keys(benchmarks));
  });

  test("describes benchmarks and options", () => {
    const text = describeCommandLine();
    for (const word of ["codec:", "lint:", "--chart", "--handlers=1000"]) expect(text).toContain(word);
  });
});

test.each([
  ["http", "frameworks", { framework: "koa,hapi", rounds: "1", requests: "8" }, "No framework is called hapi"],
  ["stores", "parts", { parts: "cleanup" }, "No part of stores is called cleanup"],
])("%s refuses %s that there are not", async (name, _what, options, message) => {
  await expect(benchmarks[name].measure(options)).rejects.toThrow(message);
});

describe("figures", () => {
  test("are medians, and those of two contenders are compared round by round", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(pairedMedian([10, 110, 21], [0, 100, 10], difference)).toBe(10);
  });

  test("reach a goal at the limit, and have to be below a peer", () => {
    expect(atMost("a", 5, 5).reached).toBe(true);
    expect(atMost("a", 5.1, 5).reached).toBe(false);
    expect(below("b", 5, 5).reached).toBe(false);
    expect(below("b", 4.9, 5).reached).toBe(true);
  });

  test("grow linearly at 1", () => {
    const sizes = [1, 10, 20].map((size) => ({ size, of: (name) => (name === "linear" ? size : size * size) }));
    expect(growthOf("name", ["linear", "square"], sizes)).toEqual([
      { name: "linear", "1 to 10": 1, "10 to 20": 1 },
      { name: "square", "1 to 10": 10, "10 to 20": 2 },
    ]);
  });
});

describe("charts", () => {
  const rows = [
    { contender: "ours", size: 1, time: 2 },
    { contender: "a peer", size: 10, time: 30 },
  ];

  test.each([
    ["bars", { values: ["time"], axis: "seconds", goals: [{ at: 5, title: "goal: 5" }] }, ["goal: 5", "seconds"]],
    ["logarithmic bars", { values: ["time"], axis: "seconds", scale: "log" }, ["seconds"]],
    ["lines", { kind: "lines", x: "size", y: "time", series: "contender" }, ["size", "time"]],
  ])("of %s name what they show, and where it is from", async (_kind, chart, words) => {
    const svg = await drawChart({ title: "Times", rows, chart }, ["npm run bench", "node 20"]);
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    for (const word of ["Times", "ours", "a peer", "npm run bench", "node 20", ...words])
      expect(svg).toContain(`>${word}<`);
  });
});
