import { SessionStoreError } from "../errors.js";
import type { StoreEntry } from "../stores/base.js";
import type { StoredSession } from "./base.js";

/** A session with what is kept of it beside its data. */
export type SessionRecord = Pick<StoredSession, "text" | "version" | "issuedAt" | "expiresAt" | "serial" | "group">;

/** A session as text: a line of JSON about the session, then the session's own. */
export function formatRecord({ text, version, issuedAt, expiresAt, serial, group }: SessionRecord): string {
  const serialMember = serial === null ? "" : `,"s":"${serial}"`;
  const groupMember = group === null ? "" : `,"g":"${group}"`;
  return `{"v":${version},"i":${issuedAt},"e":${expiresAt}${serialMember}${groupMember}}\n${text}`;
}

const headerForm = /^\{"v":(\d+),"i":(\d+),"e":(\d+)(?:,"s":"([\w-]+)")?(?:,"g":"([\w-]+)")?\}$/;

/** The parts of what {@link formatRecord} made; `null` for any other text. */
export function parseRecord(record: string): SessionRecord | null {
  const lineEnd = record.indexOf("\n");
  const match = lineEnd === -1 ? null : headerForm.exec(record.slice(0, lineEnd));
  if (match === null) return null;
  return {
    text: record.slice(lineEnd + 1),
    version: Number(match[1]),
    issuedAt: Number(match[2]),
    expiresAt: Number(match[3]),
    serial: match[4] ?? null,
    group: match[5] ?? null,
  };
}

/** A record as it was found. Written out: spreading takes longer than the rest of reading a record. */
export function toStored(
  { text, version, issuedAt, serial, group }: SessionRecord,
  expiresAt: number,
  id: string | null,
  token: string | null,
): StoredSession {
  return { text, version, issuedAt, expiresAt, serial, group, id, token };
}

/**
 * The session in a store's entry.
 *
 * @throws SessionStoreError when this library did not write it.
 */
export function readRecord(entry: StoreEntry): SessionRecord {
  const record = parseRecord(entry.value);
  if (record !== null) return record;
  throw new SessionStoreError("The store holds a session record that this library did not write.");
}
