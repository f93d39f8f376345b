/**
 * What the root will be in 3.0: the same engine, with the typed session as the default.
 *
 * @packageDocumentation
 */

export {
  BaseSessionBackend,
  createRevocationList,
  type Lifetime,
  type LogOutEverywhereOptions,
  type MergeSession,
  type OpenedSession,
  type ResolvedBackendOptions,
  type SealedSession,
  type Secret,
  type SessionBackendOptions,
  type SessionCookieOptions,
  type SessionEvent,
  type SessionRevocation,
  type SessionText,
  type StoredSession,
  type WrittenSession,
} from "./backends/index.js";
export {
  defineSession,
  type Checked,
  type InvalidSessionPolicy,
  type SessionDefinition,
  type SessionDefinitionOptions,
} from "./definition.js";
export * from "./errors.js";
export { commitSession, type SessionHeaders } from "./commit-session.js";
export { SessionMiddleware } from "./middleware.js";
export type { SessionConnection } from "./request.js";
export type { Layer, Scope } from "./scope.js";
export {
  typeDecoder,
  typeEncoder,
  type Class,
  type TypeDecoder,
  type TypeDecoders,
  type TypeEncoder,
  type TypeEncoders,
} from "./serialization.js";
export type { SessionHandle } from "./session-handle.js";
export * from "./stores/index.js";
export type { MaybePromise, Register, SessionClass, SessionOf, SessionSource } from "./types.js";
export {
  ClientSideSessionBackend,
  ServerSideSessionBackend,
  type ClientSideSessionOptions,
  type ServerSideSessionOptions,
} from "./v3/backends.js";
export { Connection, Request, WebSocket } from "./v3/request.js";
export type { RegisteredSession, UnregisteredSession } from "./v3/types.js";
// `declare module "typed-session" { interface Register … }` is an error in a program that has no file of that module.
export type {} from "./index.js";
