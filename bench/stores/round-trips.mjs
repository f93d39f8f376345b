import { startServer } from "../http/start-server.mjs";
import { cookieHeader, logIn } from "../http/visit.mjs";
import { startCountingProxy } from "./counting-proxy.mjs";

const visits = 20;

/** Resolves to the round trips to Redis that one request to each route takes: one after the other, on a proxy that counts. */
export async function countRoundTrips(framework, contender, routes, { url, prefix }) {
  const proxy = await startCountingProxy(url);
  const server = await startServer(framework, contender, [proxy.url, prefix]);
  try {
    const cookie = cookieHeader(await logIn(server.address));
    const counted = {};
    for (const route of routes) counted[route] = await countRoute(proxy, server.address + route, cookie);
    return counted;
  } finally {
    await server.stop();
    await proxy.stop();
  }
}

async function countRoute(proxy, url, cookie) {
  // The first one may have to tell Redis a script.
  await visit(url, cookie);
  const before = proxy.roundTrips();
  for (let count = 0; count < visits; count += 1) await visit(url, cookie);
  return (proxy.roundTrips() - before) / visits;
}

async function visit(url, cookie) {
  const response = await fetch(url, { headers: { cookie } });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  await response.arrayBuffer();
}
