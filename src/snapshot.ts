import { serialize as toBytes } from "node:v8";
import { equalData, isCopyOf } from "./changes.js";
import { SessionSerializationError } from "./errors.js";
import type { SessionDict } from "./types.js";

/** What a session was when the application got it, so that it can be told later whether it changed. */
export type Snapshot =
  /** There was none. */
  | { readonly kind: "none" }
  /** It held just this data. `origin` is what it was made of, where that is in the current form. */
  | { readonly kind: "data"; readonly data: () => SessionDict; readonly origin: StoredData | null }
  /** The session as it is stored. */
  | { readonly kind: "text"; readonly text: string }
  /** A session that can't be saved: requests that only read it still succeed. */
  | { readonly kind: "unsaveable"; readonly fingerprint: string };

/** What is stored of a session. */
export interface StoredData {
  /** JSON. */
  readonly text: string;
  /** What the text holds; `null` where that is the session's own data. */
  readonly data: SessionDict | null;
}

/** What became of a session: both in the form that is stored. */
export interface SessionChange {
  /** What the application got, as JSON. */
  readonly base: string;
  /** What it made of that. It may have objects in common with the session. */
  readonly mine: SessionDict;
}

/** Makes of a session the data that is stored. Throws a `SessionSerializationError` where there is none. */
export type EncodeSession = (session: unknown) => SessionDict;

/** A snapshot of a session that was not made of stored data, or of data that can't be compared with it. */
export function snapshotOf(session: unknown, encode: EncodeSession): Snapshot {
  if (session === null) return { kind: "none" };
  const data = encodeIfItCan(session, encode);
  return data === null
    ? { kind: "unsaveable", fingerprint: fingerprint(session) }
    : { kind: "text", text: JSON.stringify(data) };
}

/**
 * What became of a session since its snapshot; `undefined` where it is stored the same way.
 *
 * @throws SessionSerializationError when it changed and can't be stored.
 */
export function changeSince(snapshot: Snapshot, session: unknown, encode: EncodeSession): SessionChange | undefined {
  if (snapshot.kind === "data") return changeOfData(snapshot.data(), snapshot.origin, session, encode);
  try {
    const mine = encode(session);
    const base = snapshot.kind === "text" ? snapshot.text : null;
    return JSON.stringify(mine) === base ? undefined : { base: base ?? "{}", mine };
  } catch (error) {
    if (snapshot.kind === "unsaveable" && snapshot.fingerprint === fingerprint(session)) return undefined;
    throw error;
  }
}

function changeOfData(
  data: SessionDict,
  origin: StoredData | null,
  session: unknown,
  encode: EncodeSession,
): SessionChange | undefined {
  if (isCopyOf(data, session)) return undefined;
  const mine = encode(session);
  const base = origin?.data === null ? data : encodeIfItCan(data, encode);
  if (base === null) return { base: "{}", mine };
  return equalData(mine, base) ? undefined : { base: textOf(base, origin), mine };
}

/** The stored form of a session; `null` where it has none: with a date, say, that no schema and no encoder writes. */
function encodeIfItCan(session: unknown, encode: EncodeSession): SessionDict | null {
  try {
    return encode(session);
  } catch (error) {
    if (error instanceof SessionSerializationError) return null;
    throw error;
  }
}

/** The text that is stored already where it says the same, so that it is known again. */
function textOf(base: SessionDict, origin: StoredData | null): string {
  const isAsStored = origin !== null && (origin.data === null || equalData(base, origin.data));
  return isAsStored ? origin.text : JSON.stringify(base);
}

function fingerprint(session: unknown): string {
  return toBytes(session).toString("base64");
}
