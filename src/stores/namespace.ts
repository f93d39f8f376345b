import { andThen } from "../maybe-promise.js";
import type { Store } from "./base.js";

/**
 * A store whose keys begin with a prefix, so that several applications, or several kinds of session, share one storage.
 *
 * @example
 * ```ts
 * const adminSessions = withNamespace(store, "admin:");
 * ```
 */
export function withNamespace(store: Store, prefix: string): Store {
  const inside = (name: string | undefined) => (name === undefined ? undefined : prefix + name);
  const namespaced: Store = {
    capabilities: store.capabilities,
    get: (key) => store.get(prefix + key),
    set: (key, value, expiresIn, options = {}) =>
      store.set(prefix + key, value, expiresIn, { ...options, group: inside(options.group) }),
    delete: (key, condition) => store.delete(prefix + key, condition),
    renew: (key, expiresIn, group) => store.renew(prefix + key, expiresIn, inside(group)),
  };
  if (store.keysOf === undefined) return namespaced;
  return {
    ...namespaced,
    keysOf: (group) =>
      andThen(store.keysOf?.(prefix + group) ?? [], (keys) => keys.map((key) => key.slice(prefix.length))),
  };
}
