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
  return {
    get: (key) => store.get(prefix + key),
    set: (key, value, expiresIn, condition) => store.set(prefix + key, value, expiresIn, condition),
    delete: (key, condition) => store.delete(prefix + key, condition),
    renew: (key, expiresIn) => store.renew(prefix + key, expiresIn),
  };
}
