import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createClient } from "redis";
import { afterAll, expect, test } from "vitest";
import { campaignSize } from "../campaign.fixture.js";
import { findRedis, testPrefix } from "./redis-server.fixture.js";
import { RedisStore } from "./redis.js";

const server = await findRedis();
afterAll(() => server?.stop());

const rounds = campaignSize(500, 5_000);

test.skipIf(server === null)(`two processes count up one counter ${rounds} times each, and none is lost`, async () => {
  const url = server?.url ?? "";
  const prefix = `${testPrefix}${randomUUID()}:`;
  const client = await createClient({ url }).connect();
  const store = new RedisStore({ client, prefix });
  await store.set("count", "0", 3600);
  const start = () => fork(new URL("redis.increment.fixture.mjs", import.meta.url), [url, prefix, String(rounds)]);
  const children = [start(), start()];
  await Promise.all(children.map((child) => once(child, "message")));
  const reports = children.map((child) => once(child, "message"));
  const exits = children.map((child) => once(child, "exit"));
  for (const child of children) child.send("begin");
  const refused = (await Promise.all(reports)).map(refusedIn);
  await Promise.all(exits);
  expect((await store.get("count"))?.value).toBe(String(2 * rounds));
  // Else they did not count at the same time, and nothing was seen.
  expect(Math.max(...refused)).toBeGreaterThan(0);
  await client.close();
});

/** How many of a process's writes came after one of the other's. */
function refusedIn([message]: unknown[]): number {
  const { refused }: { refused?: unknown } = Object(message);
  return typeof refused === "number" ? refused : 0;
}
