import engine = require("typed-session/v3");

const { MemoryStore } = require("typed-session/v3");
export type Handle = import("typed-session/v3").SessionHandle<unknown>;

export async function load() {
  const { FileStore } = await import("typed-session/v3");
  return [engine.defineSession, MemoryStore, FileStore];
}
