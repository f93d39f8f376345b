import { applyChanges, equalData } from "../changes.js";
import type { SessionDefinition } from "../definition.js";
import { SessionInvalidError } from "../errors.js";
import type { TypeEncoders } from "../serialization.js";
import type { SessionDict } from "../types.js";

/** What an application said of its sessions, and what its host keeps on them. */
export interface OverlaySettings {
  readonly definition: SessionDefinition<unknown>;
  readonly typeEncoders: TypeEncoders;
  readonly onInvalidSession: (error: SessionInvalidError) => void;
  /** Tells the host's own enumerable keys, such as express-session's `cookie`, from the session's data. */
  readonly isHostKey: (key: string) => boolean;
}

/** A host's session object with its data in the declared type. */
export interface Overlay<THost extends object> {
  readonly host: THost;
  /**
   * The session's data as the host stores it, changes included.
   *
   * @throws SessionInvalidError when what the application wrote does not have the declared type.
   */
  toStored(): StoredForm;
  /** Whether the application changed anything since the session was loaded, or saved. */
  isChanged(): boolean;
  /**
   * Runs something while the session holds its data as the host stores it.
   *
   * @throws SessionInvalidError when what the application wrote does not have the declared type; nothing is run then.
   */
  inHostForm<T>(run: () => T): T;
  /** Runs something while the session holds what was stored, without what the application changed. */
  asLoaded<T>(run: () => T): T;
  /** Takes a form that was just saved for what was loaded. */
  saved(form: StoredForm): void;
  /** Forgets what the application changed: from here on, what was loaded is what is stored. */
  abandon(): void;
}

/** A session at one moment, to be stored. */
export interface StoredForm {
  /** What the host is to store. */
  readonly data: SessionDict;
  /** What the application had, encoded: later changes are found by comparison with it. */
  readonly mine: SessionDict;
}

/** What the host loaded, and what became of it. */
interface LoadedData {
  /** As the host had it; goes back to it untouched where the application changes nothing. */
  readonly original: SessionDict;
  /** What changes are applied to: the original, upgraded; empty where the original was refused. */
  readonly mergeBase: SessionDict;
  /** As handed to the application, in stored form. */
  readonly base: SessionDict;
}

/**
 * Puts a session's data into the declared type, in place: the host, passport and the application hold the same object.
 *
 * @param form - whose form the data has: the host's, that loaded it, or already the application's, that just made it.
 * @throws SessionInvalidError when the data has another type and the definition says `"throw"`. Nothing is changed then.
 */
export function createOverlay<THost extends object>(
  host: THost,
  settings: OverlaySettings,
  form: "stored" | "application" = "stored",
): Overlay<THost> {
  const dataOf = (): SessionDict =>
    Object.fromEntries(Object.entries(host).filter(([key]) => !settings.isHostKey(key)));
  const plainOf = (data: object) => hostJson(settings.definition.encode(data), settings.typeEncoders);
  let loaded = form === "stored" ? load() : { original: {}, mergeBase: {}, base: {} };
  let current: StoredForm | undefined;
  let isAbandoned = false;

  function load(): LoadedData {
    const original = dataOf();
    const { session, mergeBase } = openData(original, settings);
    replaceData(session);
    return { original, mergeBase, base: plainOf(session) };
  }

  function replaceData(data: object): void {
    for (const key of Object.keys(dataOf())) {
      if (!Object.hasOwn(data, key)) Reflect.deleteProperty(host, key);
    }
    Object.assign(host, data);
  }

  function toStored(): StoredForm {
    if (isAbandoned) return { data: loaded.original, mine: loaded.base };
    const mine = plainOf(dataOf());
    if (equalData(mine, loaded.base)) return { data: loaded.original, mine };
    const checked = settings.definition.check(mine, []);
    if (!checked.ok) throw new SessionInvalidError("changed", checked.issues);
    return { data: applyChanges(loaded.mergeBase, loaded.base, mine), mine };
  }

  function during<T>(form: StoredForm, run: () => T): T {
    if (current !== undefined) return run();
    const live = dataOf();
    replaceData(form.data);
    current = form;
    try {
      return run();
    } finally {
      current = undefined;
      replaceData(live);
    }
  }

  return {
    host,
    toStored: () => current ?? toStored(),
    isChanged: () => !isAbandoned && !equalData(plainOf(dataOf()), loaded.base),
    inHostForm: (run) => during(current ?? toStored(), run),
    asLoaded: (run) => during({ data: loaded.original, mine: loaded.base }, run),
    saved: ({ data, mine }) => {
      loaded = { original: data, mergeBase: data, base: mine };
    },
    abandon: () => {
      isAbandoned = true;
    },
  };
}

function openData(
  original: SessionDict,
  { definition, onInvalidSession }: OverlaySettings,
): { session: object; mergeBase: SessionDict } {
  const checked = definition.check(original, []);
  if (checked.ok) return { session: checked.session, mergeBase: original };
  // The host stores no version: data that does not fit is taken for older, of unknown age.
  const upgraded = definition.upgrade?.(original, 0);
  const rechecked = upgraded === undefined ? checked : definition.check(upgraded, []);
  if (rechecked.ok) return { session: rechecked.session, mergeBase: Object.assign({}, upgraded) };
  const error = new SessionInvalidError("stored", rechecked.issues);
  onInvalidSession(error);
  return { session: replacement(error, original, definition), mergeBase: {} };
}

function replacement(
  error: SessionInvalidError,
  original: SessionDict,
  definition: SessionDefinition<unknown>,
): object {
  if (definition.onInvalid === "throw") throw error;
  const replaced = definition.onInvalid === "anonymous" ? undefined : definition.onInvalid(error, original);
  const checked = definition.check(replaced ?? {}, []);
  if (!checked.ok) throw new SessionInvalidError("stored", checked.issues);
  return checked.session;
}

/** What JSON will make of the data when the host stores it, with the type encoders applied first. */
function hostJson(data: object, encoders: TypeEncoders): SessionDict {
  const text = JSON.stringify(data, function (this: SessionDict, key: string, value: unknown): unknown {
    // `value` went through toJSON already; the encoders are for what the application has.
    const member: unknown = this[key];
    const encoder = encoders.find(({ type }) => member instanceof type);
    return encoder === undefined ? value : encoder.encode(member);
  });
  return JSON.parse(text);
}
