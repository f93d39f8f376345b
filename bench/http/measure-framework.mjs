import { sampleSession } from "../sample-session.mjs";
import { loadRoute } from "./load.mjs";
import { summarize } from "./pages.mjs";
import { startServer } from "./start-server.mjs";
import { assertKeepsSession, cookieHeader, logIn } from "./visit.mjs";

const routes = ["/read", "/write", "/untouched"];

/**
 * Starts the named contenders of a framework, each in a process of its own, and loads them in turns. Resolves to what each
 * route took in each round, by contender and route.
 */
export async function measureFramework(framework, names, { rounds, seconds, parameters = [] }) {
  const servers = new Map();
  try {
    for (const name of names) servers.set(name, await startServer(framework, name, parameters));
    const cookies = new Map();
    for (const [name, { address }] of servers) cookies.set(name, await prepare(name, address));
    return await takeTurns(servers, cookies, rounds, seconds);
  } finally {
    for (const { stop } of servers.values()) await stop();
  }
}

async function prepare(name, address) {
  if (name === "bare") return "";
  try {
    await assertKeepsSession(address, summarize(sampleSession()));
  } catch (error) {
    throw new Error(`${name} does not keep its session: ${error.message}`, { cause: error });
  }
  return cookieHeader(await logIn(address));
}

/** The round before the first is for the compiler. */
async function takeTurns(servers, cookies, rounds, seconds) {
  const results = Object.fromEntries([...servers.keys()].map((name) => [name, emptyResults()]));
  for (let round = -1; round < rounds; round += 1) {
    for (const route of routes) {
      for (const [name, server] of servers) {
        const measured = await loadRoute(server, route, cookies.get(name), seconds);
        if (round >= 0) results[name][route].push(measured);
      }
    }
  }
  return results;
}

function emptyResults() {
  return Object.fromEntries(routes.map((route) => [route, []]));
}
