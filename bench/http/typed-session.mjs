// This project's sessions, the same for all frameworks.
import {
  ClientSideSessionBackend,
  defineSession,
  MemoryStore,
  RedisStore,
  ServerSideSessionBackend,
} from "typed-session";
import { AppSession, sampleSession, secret } from "../sample-session.mjs";
import { summarize } from "./pages.mjs";

const session = defineSession({ schema: AppSession });
// Over plain HTTP, as a server behind a proxy speaks it.
const plainHttp = { session, secure: false };

const createCookieBackend = () => new ClientSideSessionBackend({ ...plainHttp, secret });

/** A store that counts what it is asked, for the process to tell. */
function createStoreBackend(store, count) {
  return new ServerSideSessionBackend({ ...plainHttp, store: countOperations(store, count) });
}

function countOperations(store, count) {
  const counted = { capabilities: store.capabilities };
  for (const operation of ["get", "set", "delete", "renew"]) {
    counted[operation] = (...parameters) => {
      count();
      return store[operation](...parameters);
    };
  }
  return counted;
}

/**
 * The contenders of a framework: `mount(backend, options)` starts its application with sessions, `sessionOf` says where a
 * handler finds the session, and `connectionOf` where it finds the methods.
 */
export function typedSessionContenders({
  mount,
  connectionOf,
  sessionOf = (...context) => connectionOf(...context).session,
}) {
  const pages = {
    logIn: (...context) => connectionOf(...context).setSession(sampleSession()),
    read: (...context) => summarize(sessionOf(...context)),
    change: (...context) => {
      sessionOf(...context).visits += 1;
    },
  };
  const pagesOnDemand = {
    logIn: pages.logIn,
    read: async (...context) => summarize(await connectionOf(...context).loadSession()),
    change: async (...context) => {
      const loaded = await connectionOf(...context).loadSession();
      loaded.visits += 1;
    },
  };
  return {
    "typed-session, cookie": {
      isOurs: true,
      isEncrypted: true,
      start: (tools) => mount(createCookieBackend(), {}, pages, tools),
    },
    "typed-session, memory": {
      isOurs: true,
      start: (tools) => mount(createStoreBackend(new MemoryStore(), tools.count), {}, pages, tools),
    },
    "typed-session, memory, on demand": {
      isOurs: true,
      start: (tools) =>
        mount(createStoreBackend(new MemoryStore(), tools.count), { load: "on-demand" }, pagesOnDemand, tools),
    },
    "typed-session, Redis": {
      isOurs: true,
      store: "redis",
      start: async (tools) => {
        const store = new RedisStore({ client: await tools.connectRedis(), prefix: tools.prefix });
        return mount(createStoreBackend(store, tools.count), {}, pages, tools);
      },
    },
  };
}
