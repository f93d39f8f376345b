import { serialize as toBytes } from "node:v8";
import { isCopyOf } from "./changes.js";
import { SessionSerializationError } from "./errors.js";
import type { SessionDict } from "./types.js";

/** What a session was when the application got it, so that it can be told later whether it changed. */
export type Snapshot =
  /** There was none. */
  | { readonly kind: "none" }
  /** Just this data. `text` is how the session is stored, where it is known to be stored like that. */
  | { readonly kind: "data"; readonly data: () => SessionDict; readonly text: string | null }
  /** The session in its stored form. */
  | { readonly kind: "text"; readonly text: string }
  /** A session that can't be saved: requests that only read it still succeed. */
  | { readonly kind: "unsaveable"; readonly fingerprint: string };

/** A session as it is stored. */
export interface SerializedSession {
  /** JSON. */
  readonly text: string;
  /** What the text holds. It may have objects in common with the session. */
  readonly data: SessionDict;
}

/** What became of a session. */
export interface SessionChange {
  /** What the application got, in its stored form. */
  readonly base: string;
  /** What it made of that. */
  readonly mine: SerializedSession;
}

/** Makes a session's stored form. Throws a `SessionSerializationError` where it has none. */
export type SerializeSession = (session: unknown) => SerializedSession;

/** A snapshot of a session that was not made of stored data as it is. */
export function snapshotOf(session: unknown, serialize: SerializeSession): Snapshot {
  if (session === null) return { kind: "none" };
  try {
    return { kind: "text", text: serialize(session).text };
  } catch (error) {
    if (!(error instanceof SessionSerializationError)) throw error;
    return { kind: "unsaveable", fingerprint: fingerprint(session) };
  }
}

/**
 * What became of a session since its snapshot; `undefined` where it is stored the same way.
 *
 * @throws SessionSerializationError when it changed and can't be stored.
 */
export function changeSince(
  snapshot: Snapshot,
  session: unknown,
  serialize: SerializeSession,
): SessionChange | undefined {
  if (snapshot.kind === "data" && isCopyOf(snapshot.data(), session)) return undefined;
  try {
    const mine = serialize(session);
    const base = storedForm(snapshot, serialize);
    return mine.text === base ? undefined : { base: base ?? "{}", mine };
  } catch (error) {
    if (snapshot.kind === "unsaveable" && snapshot.fingerprint === fingerprint(session)) return undefined;
    throw error;
  }
}

/** The session of a snapshot as it is stored; `null` where there was none that could be. */
export function storedForm(snapshot: Snapshot, serialize: SerializeSession): string | null {
  switch (snapshot.kind) {
    case "text":
      return snapshot.text;
    case "data":
      return snapshot.text ?? serialize(snapshot.data()).text;
    default:
      return null;
  }
}

function fingerprint(session: unknown): string {
  return toBytes(session).toString("base64");
}
