import type { SessionDict } from "../types.js";
import { createOverlay, type Overlay, type OverlaySettings } from "./overlay.js";

/** A request or context whose `session` is the host's, with its data in the declared type. */
export interface LazySession {
  /**
   * The session's data as the host stores it.
   *
   * @throws SessionInvalidError when what the application wrote does not have the declared type.
   */
  toStored(): SessionDict;
  /**
   * Looks whether the host can save what the application wrote. Where it can't, nothing of it is saved any more. A session
   * that nobody used is not looked at.
   *
   * @throws SessionInvalidError, once, when it does not have the declared type.
   */
  checkChanges(): void;
}

/**
 * Overlays the property `session`. The host makes it when it is first asked for it, so that is when it is checked. When the
 * host compares, counts or saves, it asks the session for its `toJSON()`: that answers in the host's form.
 *
 * @param adopted - told of each session that the host makes.
 */
export function overlayLazySession(
  target: object,
  settings: OverlaySettings,
  adopted: (session: object, overlay: Overlay<object>) => void = () => {},
): LazySession {
  const host = sessionProperty(target);
  let overlay: Overlay<object> | undefined;

  function adopt(form: "stored" | "application"): object | null {
    const session = host.get();
    if (session === null || session === overlay?.host) return session;
    const made = createOverlay(session, settings, form);
    overlay = made;
    const toJSON = () => ({ ...made.toStored().data });
    Object.defineProperty(session, "toJSON", { value: toJSON, configurable: true, enumerable: false, writable: true });
    adopted(session, made);
    return session;
  }

  Object.defineProperty(target, "session", {
    configurable: true,
    enumerable: true,
    get: () => adopt("stored"),
    set: (session: unknown) => {
      host.set(session);
      adopt("application");
    },
  });

  return {
    toStored: () => (adopt("stored") === null ? {} : (overlay?.toStored().data ?? {})),
    checkChanges: () => {
      try {
        overlay?.toStored();
      } catch (error) {
        overlay?.abandon();
        throw error;
      }
    },
  };
}

interface SessionProperty {
  get(): object | null;
  set(session: unknown): void;
}

/** The host's own accessor: of this request, or of all of its kind. */
function sessionProperty(target: object): SessionProperty {
  let owner = target;
  while (!Object.hasOwn(owner, "session")) owner = Object.getPrototypeOf(owner);
  const { get, set } = Object.getOwnPropertyDescriptor(owner, "session") ?? {};
  return { get: () => get?.call(target), set: (session) => set?.call(target, session) };
}
