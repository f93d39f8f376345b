import { isObject } from "../is-object.js";
import type { SessionDict } from "../types.js";
import { createOverlay, type Overlay, type OverlaySettings } from "./overlay.js";

/** The session object that @fastify/secure-session makes. Its data is its own, and said in `data()`. */
export interface SecureSession {
  changed: boolean;
  deleted: boolean;
  data(): SessionDict;
  set(key: string, value: unknown): void;
  regenerate(ignoredFields?: readonly string[]): void;
}

/** The host's session with its data in the declared type. */
export interface OverlaidSession {
  /** What the application gets: it behaves as the host's own. */
  readonly session: object;
  /** The session's data as the host stores it; see `Overlay`. */
  toStored(): SessionDict;
  /** For a request that failed: what can't be saved is not saved any more. */
  dropInvalidChanges(): void;
}

/**
 * Puts another object in front of the host's session: the data is there in the declared type, the rest is the host's.
 * Before the host saves, it asks whether the session `changed`: that is when it gets the data in its own form.
 */
export function overlaySession(host: SecureSession, settings: OverlaySettings): OverlaidSession {
  const wasChanged = host.changed;
  let opened: Overlay<SessionDict> | undefined;

  /** Data is checked when it is first used. */
  const open = (): Overlay<SessionDict> => (opened ??= createOverlay(host.data(), settings));

  function handOver(): void {
    if (opened === undefined || !opened.isChanged()) return;
    const { data } = opened.toStored();
    host.regenerate(Object.keys(host.data()).filter((key) => Object.hasOwn(data, key)));
    for (const [key, value] of Object.entries(data)) host.set(key, value);
  }

  const members: SessionDict = {
    get: (key: string) => open().host[key],
    set: (key: string, value: unknown) => void (open().host[key] = value),
    data: () => ({ ...open().host }),
    regenerate: (ignoredFields: readonly string[] = []) => {
      const data = open().host;
      for (const key of Object.keys(data)) if (!ignoredFields.includes(key)) Reflect.deleteProperty(data, key);
    },
  };

  const session = new Proxy<SessionDict>(
    {},
    {
      get: (_target, key) => {
        if (typeof key === "string" && Object.hasOwn(members, key)) return members[key];
        if (!isHosts(host, key)) return Reflect.get(open().host, key);
        if (key === "changed" || typeof key === "symbol") handOver();
        return Reflect.get(host, key);
      },
      set: (_target, key, value) => Reflect.set(isHosts(host, key) ? host : open().host, key, value),
      deleteProperty: (_target, key) => Reflect.deleteProperty(open().host, key),
      has: (_target, key) => isHosts(host, key) || Reflect.has(open().host, key),
      ownKeys: () => Reflect.ownKeys(open().host),
      getOwnPropertyDescriptor: (_target, key) => Reflect.getOwnPropertyDescriptor(open().host, key),
    },
  );

  return {
    session,
    toStored: () => open().toStored().data,
    dropInvalidChanges: () => {
      try {
        opened?.toStored();
      } catch {
        opened?.abandon();
        host.changed = wasChanged;
      }
    },
  };
}

export function isSecureSession(session: unknown): session is SecureSession {
  if (!isObject(session) || !("changed" in session)) return false;
  return ["data", "set", "regenerate"].every((method) => typeof Reflect.get(session, method) === "function");
}

/** Whether a property is the host's own: its state, its methods, and what it keeps under symbols. */
function isHosts(host: SecureSession, key: string | symbol): boolean {
  return typeof key === "symbol" || key in host;
}
