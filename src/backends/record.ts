import type { SessionText, StoredSession } from "./base.js";

/** A session with its times, as text: a line of JSON about the session, then the session's own. */
export function formatRecord(session: SessionText & Pick<StoredSession, "issuedAt" | "expiresAt">): string {
  const { text, version: v, issuedAt: i, expiresAt: e } = session;
  return `${JSON.stringify({ v, i, e })}\n${text}`;
}

/** The parts of what {@link formatRecord} made; `null` for any other text. */
export function parseRecord(record: string): (SessionText & Pick<StoredSession, "issuedAt" | "expiresAt">) | null {
  const lineEnd = record.indexOf("\n");
  if (lineEnd === -1) return null;
  const header = parseHeader(record.slice(0, lineEnd));
  return header === null ? null : { ...header, text: record.slice(lineEnd + 1) };
}

function parseHeader(line: string): { version: number; issuedAt: number; expiresAt: number } | null {
  const match = /^\{"v":(\d+),"i":(\d+),"e":(\d+)\}$/.exec(line);
  return match === null ? null : { version: Number(match[1]), issuedAt: Number(match[2]), expiresAt: Number(match[3]) };
}
