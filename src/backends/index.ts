export {
  BaseSessionBackend,
  type MergeSession,
  type SessionText,
  type StoredSession,
  type WrittenSession,
} from "./base.js";
export { ClientSideSessionBackend, type ClientSideSessionOptions } from "./client-side.js";
export type { Secret } from "./key-ring.js";
export type { ResolvedBackendOptions, SessionBackendOptions, SessionEvent } from "./options.js";
export { ServerSideSessionBackend, type ServerSideSessionOptions } from "./server-side.js";
export type { SessionCookieOptions } from "./session-cookie.js";
