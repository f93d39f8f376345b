import { memberLines } from "./code.js";
import type { Doc } from "./layout.js";
import type { SessionMembers } from "./library.js";
import { memberDoc } from "./type-text.js";

/** The session as an interface, with nothing that checks it. */
export function sessionInterface({ keys, notes, nameOf }: SessionMembers): Doc {
  const members = new Map([...keys].map(([key, member]) => [key, memberDoc(key, member, nameOf)]));
  return memberLines("export interface AppSession {", members, "}", notes, ";");
}
