export type { Store, StoreEntry, WhenAbsent, WhenUnchanged } from "./base.js";
export { FileStore, type FileStoreOptions } from "./file.js";
export { MemoryStore, type MemoryStoreOptions } from "./memory.js";
export { withNamespace } from "./namespace.js";
