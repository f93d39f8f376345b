export type {
  Always,
  SetOptions,
  Store,
  StoreCapabilities,
  StoreEntry,
  WhenAbsent,
  WhenPresent,
  WhenUnchanged,
} from "./base.js";
export type { BridgeOptions } from "./bridge.js";
export { fromExpressSessionStore, type ExpressSessionStore } from "./express-session-bridge.js";
export { FileStore, type FileStoreOptions } from "./file.js";
export { MemoryStore, type MemoryStoreOptions } from "./memory.js";
export { withNamespace } from "./namespace.js";
export { fromUnstorage, type UnstorageItems } from "./unstorage-bridge.js";
export type {
  IoredisClient,
  NodeRedisClient,
  NodeRedisCluster,
  NodeRedisSentinel,
  RedisClient,
} from "./redis-client.js";
export { RedisStore, type RedisStoreOptions } from "./redis.js";
