import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { describe, expect, test, type TestContext } from "vitest";
import { ServerSideSessionBackend, type BaseSessionBackend } from "./backends/index.js";
import { openBrowser } from "./browser.fixture.js";
import { campaignSize } from "./campaign.fixture.js";
import { RedisStore, type RedisClient } from "./stores/index.js";
import { startRedis } from "./stores/redis-server.fixture.js";

/** What visitors saw of an outage. */
interface Seen {
  /** Requests that were answered, with the right session. */
  answered: number;
  /** Requests that failed, as they should while the store is away. */
  failed: number;
  /** Requests that got an empty session, or an older state than one that was answered before. */
  wrong: number;
}

/** A visitor who counts up in the session, request after request, until told to go. */
async function countUp(
  backend: BaseSessionBackend,
  seen: Seen,
  progress: EventEmitter,
  isOver: () => boolean,
): Promise<void> {
  const browser = openBrowser(backend);
  await browser.visit((request) => request.setSession({ count: 0 }));
  let count = 0;
  // Writes whose answer was lost: each may have been made all the same.
  let unknown = 0;
  while (!isOver()) {
    try {
      const { result } = await browser.visit(({ session }) => {
        const found = Number(session["count"]);
        session["count"] = found + 1;
        return found;
      });
      if (!(result >= count && result <= count + unknown)) seen.wrong += 1;
      count = result + 1;
      unknown = 0;
      seen.answered += 1;
    } catch {
      unknown += 1;
      seen.failed += 1;
    }
    progress.emit("request");
  }
}

async function survive(
  context: TestContext,
  connect: (url: string) => Promise<{ readonly client: RedisClient; readonly close: () => void }>,
): Promise<void> {
  // Written to the disk before it is answered, as a store of sessions should be.
  const server = await startRedis(["--appendonly", "yes", "--appendfsync", "always"]);
  if (server === null) return context.skip("There is no redis-server to start");
  const { client, close } = await connect(server.url);
  const backend = new ServerSideSessionBackend({ store: new RedisStore({ client, prefix: randomUUID(), timeout: 1 }) });
  const seen: Seen = { answered: 0, failed: 0, wrong: 0 };
  const progress = new EventEmitter();
  const until = async (isReached: () => boolean) => {
    while (!isReached()) await once(progress, "request");
  };
  let isOver = false;
  const visitors = Array.from({ length: 8 }, () => countUp(backend, seen, progress, () => isOver));
  for (let crash = 0; crash < campaignSize(2, 20); crash += 1) {
    const { answered, failed } = seen;
    await until(() => seen.answered >= answered + 200);
    await server.kill();
    await until(() => seen.failed > failed);
    await server.restart();
    await until(() => seen.answered >= answered + 400);
  }
  isOver = true;
  await Promise.all(visitors);
  close();
  await server.stop();
  expect(seen.wrong).toBe(0);
  expect(seen.failed).toBeGreaterThan(0);
}

describe("a store killed and restarted under load gives errors, never an empty session or an old one", () => {
  test("through node-redis", (context) =>
    survive(context, async (url) => {
      const client = createClient({ url });
      client.on("error", () => {});
      await client.connect();
      return { client, close: () => client.destroy() };
    }));

  test("through ioredis", (context) =>
    survive(context, async (url) => {
      const client = new Redis(url);
      client.on("error", () => {});
      return { client, close: () => client.disconnect() };
    }));
});
