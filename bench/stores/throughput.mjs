// How many requests a second the backend serves from each store, without a framework. Several are under way at a time, as in a
// server, so that waiting for files or for Redis is not what is measured alone.
import { deepStrictEqual } from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  defineSession,
  FileStore,
  MemoryStore,
  RedisStore,
  Request,
  ServerSideSessionBackend,
  SessionMiddleware,
} from "typed-session";
import { interleave } from "../measure/interleaved.mjs";
import { median, pairedMedian, ratio, round } from "../measure/statistics.mjs";
import { AppSession, sampleSession } from "../sample-session.mjs";

const underWay = 16;
const session = defineSession({ schema: AppSession });

/** A row for each store; Redis only where there is a client. */
export async function measureThroughput({ redis, prefix, rounds, milliseconds }) {
  const folder = await mkdtemp(join(tmpdir(), "typed-session-bench-"));
  const stores = {
    MemoryStore: new MemoryStore(),
    FileStore: new FileStore({ folder }),
    ...(redis === null ? {} : { RedisStore: new RedisStore({ client: redis, prefix }) }),
  };
  try {
    const turns = {};
    for (const [name, store] of Object.entries(stores)) {
      const { read, change } = await openVisitors(store);
      turns[`${name}: read`] = read;
      turns[`${name}: change`] = change;
    }
    const times = await interleave(turns, { rounds, milliseconds });
    return Object.keys(stores).map((name) => rowOf(name, times));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Visitors with a session each: of one session, every second write would be overtaken by another. */
async function openVisitors(store) {
  const middleware = new SessionMiddleware(new ServerSideSessionBackend({ store, session, secure: false }));
  const visitors = await Promise.all(Array.from({ length: underWay }, () => openVisitor(middleware)));
  const [first] = visitors;
  const before = await first.read();
  await first.change();
  deepStrictEqual(await first.read(), { ...before, visits: before.visits + 1 }, "what was changed is read back");
  return {
    read: () => Promise.all(visitors.map(({ read }) => read())),
    change: () => Promise.all(visitors.map(({ change }) => change())),
  };
}

async function openVisitor(middleware) {
  let cookie = "";
  async function visit(use) {
    const scope = { type: "http", method: "GET", path: "/", headers: { cookie } };
    const { result, headers } = await middleware.handle(scope, () => use(new Request(scope)));
    const setCookie = headers.find(([name]) => name === "Set-Cookie");
    if (setCookie !== undefined) [cookie] = setCookie[1].split(";", 1);
    return result;
  }
  await visit((request) => request.setSession(sampleSession()));
  return {
    read: () => visit((request) => request.session),
    change: () =>
      visit((request) => {
        request.session.visits += 1;
      }),
  };
}

function rowOf(store, times) {
  const figures = (what) => {
    const own = times[`${store}: ${what}`];
    const perSecond = Math.round((underWay * 1e6) / median(own));
    const toMemory = round(pairedMedian(own, times[`MemoryStore: ${what}`], ratio));
    return { [`${what}, 1/s`]: perSecond, [`${what}, time to MemoryStore's`]: toMemory };
  };
  return { store, ...figures("read"), ...figures("change") };
}
