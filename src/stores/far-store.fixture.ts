import type { Store } from "./base.js";
import { settled } from "./gate.fixture.js";
import { MemoryStore } from "./memory.js";

/** Answers later, as a database does. */
export function farStore(wait: () => Promise<void> = settled): Store {
  const store = new MemoryStore();
  const later =
    <P extends unknown[], T>(operation: (...parameters: P) => T) =>
    async (...parameters: P) => {
      await wait();
      return operation.apply(store, parameters);
    };
  return {
    capabilities: store.capabilities,
    get: later(store.get),
    set: later(store.set),
    delete: later(store.delete),
    renew: later(store.renew),
  };
}

/** Saves only when the gate opens. */
export function savedBehind(gate: { readonly passed: Promise<void> }): Store {
  return { ...farStore(), set: farStore(() => gate.passed).set };
}
