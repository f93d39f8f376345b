import { sampleSession } from "../sample-session.mjs";
import { connections, loadRoute } from "./load.mjs";
import { summarize } from "./pages.mjs";
import { hasSessions } from "./contenders.mjs";
import { startServer } from "./start-server.mjs";
import { assertKeepsSession, cookieHeader, logIn } from "./visit.mjs";

export const routes = ["/read", "/write", "/untouched"];

/** The options of benchmarks that load servers. */
export const turnOptions = {
  seconds: { type: "string", default: "1", description: "how long one turn of one route lasts" },
  requests: { type: "string", default: "", description: "the requests of one turn, in place of a time" },
};

/** A turn as the options have it. */
export function turnOf({ seconds, requests }) {
  return requests === "" ? { seconds: Number(seconds) } : { requests: Number(requests) };
}

/**
 * Starts the named contenders of a framework, each in a process of its own, and loads them in turns. Resolves to what each
 * route took in each round, by contender and route.
 */
export async function measureFramework(framework, names, { rounds, turn, parameters = [] }) {
  const servers = new Map();
  try {
    for (const name of names) servers.set(name, await startServer(framework, name, parameters));
    const cookies = new Map();
    const withSessions = [...servers].filter(([name]) => hasSessions(name));
    for (const [name, { address }] of withSessions) cookies.set(name, await prepare(name, address));
    // Reading a header takes time as well: without sessions, a server is sent the cookies of the first with sessions.
    const [firstCookies] = cookies.values();
    for (const name of names) if (!hasSessions(name)) cookies.set(name, firstCookies);
    return await takeTurns(servers, cookies, rounds, turn);
  } finally {
    for (const { stop } of servers.values()) await stop();
  }
}

/** Resolves to the cookies of visitors who are logged in: on one session, overlapping writes would wait for one another. */
async function prepare(name, address) {
  try {
    await assertKeepsSession(address, summarize(sampleSession()));
  } catch (error) {
    throw new Error(`${name} does not keep its session: ${error.message}`, { cause: error });
  }
  const visitors = Array.from({ length: connections }, async () => cookieHeader(await logIn(address)));
  return Promise.all(visitors);
}

/** For the compiler: rounds that do not count. */
const warmUpRounds = 2;

async function takeTurns(servers, cookies, rounds, turn) {
  const results = Object.fromEntries([...servers.keys()].map((name) => [name, emptyResults()]));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const route of routes) {
      for (const [name, server] of servers) {
        const measured = await loadRoute(server, route, cookies.get(name), turn);
        if (round >= 0) results[name][route].push(measured);
      }
    }
  }
  return results;
}

function emptyResults() {
  return Object.fromEntries(routes.map((route) => [route, []]));
}
