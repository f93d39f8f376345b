import { createHash } from "node:crypto";
import type { Store } from "../stores/base.js";
import { assertAttempt } from "./attempts.js";
import { readRecord } from "./record.js";

/** What the sessions of a user have in common in the store. Not the user's id itself: stores get no personal data. */
export function groupOfUser(userId: string | number): string {
  return createHash("sha256").update(`user ${userId}`).digest("hex");
}

/** Removes the sessions of a user, but for the one under `spared`. Returns how many there were. */
export async function endSessionsOf(
  store: Store,
  userId: string | number,
  spared: string | undefined,
): Promise<number> {
  const group = groupOfUser(userId);
  const keys = (await store.keysOf?.(group)) ?? [];
  let ended = 0;
  for (const key of keys) {
    if (key !== spared && (await endIfOf(store, group, key, 1))) ended += 1;
  }
  return ended;
}

/** The record says whose it is: the store's index may be late. */
async function endIfOf(store: Store, group: string, key: string, attempt: number): Promise<boolean> {
  assertAttempt(attempt);
  const entry = await store.get(key);
  if (entry === null || readRecord(entry).group !== group) return false;
  const isEnded = await store.delete(key, { when: "unchanged", token: entry.token });
  return isEnded || endIfOf(store, group, key, attempt + 1);
}
