/**
 * The engine: definitions, backends, stores, errors, and the requests of v2.
 *
 * For frameworks, import the entry that is named after yours beside it; for a session library that you keep, the one that is named
 * after that library.
 *
 * @packageDocumentation
 */

export { cast } from "./cast.js";
export * from "./backends/index.js";
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
export { Connection, Request, WebSocket, type SessionConnection } from "./request.js";
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
export type {
  DefaultSession,
  MaybePromise,
  Register,
  SessionClass,
  SessionDict,
  SessionOf,
  SessionSource,
} from "./types.js";
