import { isObject } from "../is-object.js";
import type { SessionDict } from "../types.js";
import { createOverlay, type Overlay, type OverlaySettings } from "./overlay.js";

/** A request whose `session` is the host's, with its data in the declared type. */
export interface OverlaidRequest {
  /** The session's data as the host stores it; see `Overlay`. */
  toStored(): SessionDict;
  /** For a request that failed: what can't be saved is not saved any more. */
  dropInvalidChanges(): void;
}

type Callback = (error?: unknown) => void;

/** The session object that @fastify/session makes, as far as the overlay knows it. */
interface HostSession {
  readonly sessionId: string;
  readonly cookie: unknown;
  isModified: () => boolean;
  isSaved: () => boolean;
  save: (callback?: Callback) => Promise<void> | void;
  regenerate: (...parameters: unknown[]) => Promise<void> | void;
}

interface HostStore {
  set(sessionId: string, session: object, callback: Callback): void;
}

/**
 * Overlays a request's session, and those that take its place: `regenerate` and `reload` make new ones.
 *
 * @returns `undefined` where the host made no session.
 * @throws SessionInvalidError when stored data does not fit and the definition says `"throw"`.
 */
export function overlayRequest(request: object, settings: OverlaySettings): OverlaidRequest | undefined {
  const first: unknown = Reflect.get(request, "session");
  if (!isHostSession(first)) return undefined;
  const store: HostStore = Reflect.get(request, "sessionStore");
  let overlay: Overlay<HostSession> | undefined = adopt(first, store, settings);

  Object.defineProperty(request, "session", {
    configurable: true,
    enumerable: true,
    get: () => overlay?.host ?? null,
    set: (successor: unknown) => {
      overlay = isHostSession(successor) ? adopt(copyOf(successor), store, settings) : undefined;
    },
  });

  return {
    toStored: () => overlay?.toStored().data ?? {},
    dropInvalidChanges: () => {
      try {
        overlay?.toStored();
      } catch {
        overlay?.abandon();
      }
    },
  };
}

function adopt(session: HostSession, store: HostStore, settings: OverlaySettings): Overlay<HostSession> {
  // Before the data changes its form: what the host knows of the session that it made.
  const isNewToHost = session.isModified();
  const { isSaved, regenerate } = session;
  const overlay = createOverlay(session, settings);
  let saved = false;

  function save(done: Callback): void {
    let form: ReturnType<typeof overlay.toStored>;
    try {
      form = overlay.toStored();
    } catch (error) {
      return done(error);
    }
    // Not the session itself: a store may keep what it gets.
    store.set(session.sessionId, { ...form.data, cookie: session.cookie }, (error) => {
      if (error) return done(error);
      saved = true;
      overlay.saved(form);
      done();
    });
  }

  defineHidden(session, {
    isModified: () => (!saved && isNewToHost) || overlay.isChanged(),
    isSaved: () => saved || isSaved.call(session),
    save: (callback?: Callback) => callOrPromise(save, callback),
    // The keys that it is to keep are read at once.
    regenerate: (...parameters: unknown[]) => overlay.inHostForm(() => regenerate.apply(session, parameters)),
  });
  return overlay;
}

function callOrPromise(run: (done: Callback) => void, callback: Callback | undefined): Promise<void> | void {
  if (callback !== undefined) return run(callback);
  return new Promise((resolve, reject) => run((error) => (error ? reject(error) : resolve())));
}

/** The host gave its own to the store already, and the store may keep it. */
function copyOf(session: HostSession): HostSession {
  return Object.create(Object.getPrototypeOf(session), Object.getOwnPropertyDescriptors(session));
}

function defineHidden(session: HostSession, members: Partial<HostSession>): void {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(session, name, { value, configurable: true, enumerable: false, writable: true });
  }
}

function isHostSession(session: unknown): session is HostSession {
  if (!isObject(session) || !("sessionId" in session)) return false;
  return ["isModified", "isSaved", "save", "regenerate"].every(
    (method) => typeof Reflect.get(session, method) === "function",
  );
}
