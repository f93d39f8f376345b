import engine = require("typed-session");

const { MemoryStore } = require("typed-session");
export type Handle = import("typed-session").SessionHandle<unknown>;

export async function load() {
  const { FileStore } = await import("typed-session");
  return [engine.defineSession, MemoryStore, FileStore];
}
