import { SessionConfigError } from "../errors.js";
import { isObject } from "../is-object.js";
import { kindOf } from "../kind-of.js";

/** A client of ioredis 5 or later, or of iovalkey: one server, sentinels or a cluster. */
export interface IoredisClient {
  /** Sends any command. */
  call(command: string, ...parameters: string[]): Promise<unknown>;
  /** True for a cluster. */
  readonly isCluster?: boolean;
}

/** A client or pool of node-redis (`redis`) 4 or later: one server. */
export interface NodeRedisClient {
  /** Sends any command. */
  sendCommand(command: string[]): Promise<unknown>;
}

/** A cluster of node-redis. */
export interface NodeRedisCluster {
  /** Sends any command to the server that has `firstKey`: a primary, unless `isReadonly`. */
  sendCommand(firstKey: string, isReadonly: boolean, command: string[]): Promise<unknown>;
  /** Only a cluster has it. */
  nodeClient: unknown;
}

/** Sentinels of node-redis. */
export interface NodeRedisSentinel {
  /** Sends any command: to the primary, unless `isReadonly`. */
  sendCommand(isReadonly: boolean, command: string[]): Promise<unknown>;
  /** Only sentinels have it. */
  getSentinelNode: unknown;
}

/** The application's own connection to Redis or Valkey. */
export type RedisClient = IoredisClient | NodeRedisClient | NodeRedisCluster | NodeRedisSentinel;

/** Sends a command, in a cluster to where `key` is. Always to a primary: a replica may not have the last write yet. */
export type SendToRedis = (key: string, command: [name: string, ...parameters: string[]]) => Promise<unknown>;

/** @throws SessionConfigError when it is no client. */
export function createSend(client: RedisClient): SendToRedis {
  if (isObject(client)) {
    if (isIoredis(client)) return (_key, command) => client.call(...command);
    if (isNodeRedisCluster(client)) return (key, command) => client.sendCommand(key, false, command);
    if (isNodeRedisSentinel(client)) return (_key, command) => client.sendCommand(false, command);
    if ("sendCommand" in client && typeof client.sendCommand === "function") {
      return (_key, command) => client.sendCommand(command);
    }
  }
  throw new SessionConfigError(
    "client",
    `is ${kindOf(client)}, no client of Redis`,
    "Give a connected client of `redis` (createClient, createCluster, createSentinel) or of `ioredis`.",
  );
}

/**
 * Whether commands reach Redis in the order in which they are sent, because there is one connection. A pool takes any free
 * one, and a cluster has one to each server.
 */
export function keepsOrder(client: RedisClient): boolean {
  if (isIoredis(client)) return client.isCluster === false;
  return !isNodeRedisCluster(client) && !isNodeRedisSentinel(client) && !("totalClients" in client);
}

function isIoredis(client: RedisClient): client is IoredisClient {
  return "call" in client && typeof client.call === "function";
}

function isNodeRedisCluster(client: RedisClient): client is NodeRedisCluster {
  return "nodeClient" in client;
}

function isNodeRedisSentinel(client: RedisClient): client is NodeRedisSentinel {
  return "getSentinelNode" in client;
}
