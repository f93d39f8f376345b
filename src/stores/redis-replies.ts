import { SessionStoreError } from "../errors.js";
import type { StoreEntry } from "./base.js";

/** @throws SessionStoreError when the key holds anything but an entry or nothing. */
export function parseEntry(reply: unknown, name: string): StoreEntry | null {
  if (!Array.isArray(reply)) throw unexpected(name);
  const fields: unknown[] = reply;
  if (fields.every((field) => field === null)) return null;
  const [token, value, end] = fields.map(toText);
  const expiresAt = Number(end);
  if (token === undefined || value === undefined || end === undefined || Number.isNaN(expiresAt)) {
    throw unexpected(name);
  }
  return { token, value, expiresAt };
}

/** Whether a script wrote. @throws SessionStoreError when it does not say. */
export function parseIsWritten(reply: unknown, name: string): boolean {
  const text = toText(reply);
  if (text !== "1" && text !== "0") throw unexpected(name);
  return text === "1";
}

/** @throws SessionStoreError when it is no list of keys. */
export function parseKeys(reply: unknown, name: string): readonly string[] {
  if (!Array.isArray(reply)) throw unexpected(name);
  const members: unknown[] = reply;
  return members.map((member) => {
    const key = toText(member);
    if (key === undefined) throw unexpected(name);
    return key;
  });
}

/** What Redis says of a key that another program wrote, such as a list. */
export function unexpected(name: string, options?: ErrorOptions): SessionStoreError {
  return new SessionStoreError(
    `Redis holds something under ${name} that typed-session did not write. Remove it, or give the store another \`prefix\`.`,
    options,
  );
}

/** Clients can be told to give bytes for texts (node-redis: `typeMapping`) and texts for numbers (ioredis: `stringNumbers`). */
function toText(reply: unknown): string | undefined {
  if (typeof reply === "string") return reply;
  if (typeof reply === "number") return String(reply);
  return Buffer.isBuffer(reply) ? reply.toString() : undefined;
}
