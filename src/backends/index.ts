export {
  BaseSessionBackend,
  type MergeSession,
  type OpenedSession,
  type SessionText,
  type StoredSession,
  type WrittenSession,
} from "./base.js";
export { ClientSideSessionBackend, type ClientSideSessionOptions } from "./client-side.js";
export type { Secret } from "./key-ring.js";
export type { Lifetime } from "./lifetime.js";
export type { ResolvedBackendOptions, SessionBackendOptions, SessionEvent } from "./options.js";
export { createRevocationList, type SealedSession, type SessionRevocation } from "./revocation.js";
export {
  ServerSideSessionBackend,
  type LogOutEverywhereOptions,
  type ServerSideSessionOptions,
} from "./server-side.js";
export type { SessionCookieOptions } from "./session-cookie.js";
