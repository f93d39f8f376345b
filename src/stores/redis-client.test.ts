import { Cluster, Redis } from "ioredis";
import { createClient, createClientPool, createCluster, createSentinel } from "redis";
import { describe, expect, test, vi } from "vitest";
import { createSend, keepsOrder, type RedisClient } from "./redis-client.js";

// None of them connects: what is seen is what the store hands to them.
const clients = {
  "node-redis": createClient(),
  "a pool of node-redis": createClientPool(),
  "a cluster of node-redis": createCluster({ rootNodes: [{}] }),
  "a sentinel of node-redis": createSentinel({ name: "main", sentinelRootNodes: [{ host: "127.0.0.1", port: 1 }] }),
  ioredis: new Redis({ lazyConnect: true }),
  "a cluster of ioredis": new Cluster([{}], { lazyConnect: true }),
} satisfies Record<string, RedisClient>;

const command: [string, ...string[]] = ["hmget", "key", "t"];

describe("a command is handed over as the client takes it, in a cluster with its key, always for a primary", () => {
  test.each([
    ["node-redis", "sendCommand", [command]],
    ["a pool of node-redis", "sendCommand", [command]],
    ["a cluster of node-redis", "sendCommand", ["key", false, command]],
    ["a sentinel of node-redis", "sendCommand", [false, command]],
    ["ioredis", "call", command],
    ["a cluster of ioredis", "call", command],
  ] as const)("%s", async (kind, method, expected) => {
    const client: object = clients[kind];
    const spy = vi.fn(() => Promise.resolve("reply"));
    Object.defineProperty(client, method, { value: spy, configurable: true });
    expect(await createSend(clients[kind])("key", command)).toBe("reply");
    expect(spy.mock.calls).toEqual([expected]);
  });
});

test("commands keep their order exactly where there is one connection", () => {
  const ordered = Object.entries(clients).filter(([, client]) => keepsOrder(client));
  expect(ordered.map(([kind]) => kind)).toEqual(["node-redis", "ioredis"]);
});
