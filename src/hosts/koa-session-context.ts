import type { SessionDict } from "../types.js";
import { createOverlay, type Overlay, type OverlaySettings } from "./overlay.js";

/** A context whose `session` is the host's, with its data in the declared type. */
export interface OverlaidContext {
  /**
   * The session's data as the host stores it.
   *
   * @throws SessionInvalidError when what the application wrote does not have the declared type.
   */
  toStored(): SessionDict;
  /** For a request that failed: what it left behind is not saved where it would be a second error. */
  dropInvalidChanges(): void;
}

/**
 * Overlays `context.session`. The host makes it when it is first asked for it, so that is when it is checked. When the host
 * compares, counts or saves, it asks the session for its `toJSON()`: that answers in the host's form.
 */
export function overlayContext(context: object, settings: OverlaySettings): OverlaidContext {
  const host: object = Object.getPrototypeOf(context);
  let overlay: Overlay<object> | undefined;

  function adopt(form: "stored" | "application"): object | null {
    const session: object | null = Reflect.get(host, "session", context);
    if (session === null || session === overlay?.host) return session;
    const adopted = createOverlay(session, settings, form);
    overlay = adopted;
    const toJSON = () => ({ ...adopted.toStored().data });
    Object.defineProperty(session, "toJSON", { value: toJSON, configurable: true, enumerable: false, writable: true });
    return session;
  }

  Object.defineProperty(context, "session", {
    configurable: true,
    enumerable: true,
    get: () => adopt("stored"),
    set: (session: unknown) => {
      Reflect.set(host, "session", session, context);
      adopt("application");
    },
  });

  return {
    toStored: () => (adopt("stored") === null ? {} : (overlay?.toStored().data ?? {})),
    dropInvalidChanges: () => {
      try {
        overlay?.toStored();
      } catch {
        overlay?.abandon();
      }
    },
  };
}
