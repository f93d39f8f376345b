// Fills a store with sessions, and writes the bytes that they take. Needs --expose-gc.
import { randomBytes, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import fastifySession from "@fastify/session";
import expressSession from "express-session";
import { defineSession, MemoryStore, Request, ServerSideSessionBackend, SessionMiddleware } from "typed-session";
import { AppSession, sampleSession } from "../sample-session.mjs";
import { ours, texts } from "./memory.mjs";

const [store, count] = process.argv.slice(2);
const warmUp = 1000;
const cookie = { originalMaxAge: null, httpOnly: true, path: "/" };

/** Each holds what it is given; `fill` adds one session. */
const fillers = {
  [texts]: () => {
    const sessions = new Map();
    return (session) => sessions.set(newId(), JSON.stringify(session));
  },
  [ours]: () => {
    const backend = new ServerSideSessionBackend({
      store: new MemoryStore(),
      session: defineSession({ schema: AppSession }),
      secure: false,
    });
    const middleware = new SessionMiddleware(backend);
    return (session) => {
      const scope = { type: "http", method: "GET", path: "/", headers: {} };
      const handle = middleware.open(scope);
      new Request(scope).setSession(session);
      return handle.commit();
    };
  },
  "express-session, MemoryStore": () => fillLikeExpress(new expressSession.MemoryStore()),
  "@fastify/session, MemoryStore": () => fillLikeExpress(new fastifySession.MemoryStore()),
};

function fillLikeExpress(sessions) {
  const set = promisify(sessions.set.bind(sessions));
  return (session) => set(newId(), { cookie: { ...cookie }, ...session });
}

function newId() {
  return randomBytes(24).toString("base64url");
}

const add = fillers[store]();
// Code and what else comes with the first use is not counted.
for (let index = 0; index < warmUp; index += 1) await add(newSession());
const before = bytesInUse();
for (let index = 0; index < Number(count); index += 1) await add(newSession());
process.stdout.write(JSON.stringify({ bytes: bytesInUse() - before }));
// Until here, the store is in use.
await add(newSession());

function newSession() {
  return { ...sampleSession(), userId: randomUUID() };
}

function bytesInUse() {
  // What the first collection unlinks, the second frees.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
