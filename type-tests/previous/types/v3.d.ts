import { SessionSource, Register, SessionOf } from "./shared.js";
import {
  ClientSideSessionBackend as ClientSideSessionBackend$1,
  ClientSideSessionOptions as ClientSideSessionOptions$1,
  ServerSideSessionBackend as ServerSideSessionBackend$1,
  ServerSideSessionOptions as ServerSideSessionOptions$1,
  Connection as Connection$1,
  Request as Request$1,
  WebSocket as WebSocket$1,
} from "./index.js";
export {
  Always,
  BaseSessionBackend,
  BridgeOptions,
  Checked,
  Class,
  ExpressSessionStore,
  FileStore,
  FileStoreOptions,
  InvalidSessionPolicy,
  IoredisClient,
  Layer,
  Lifetime,
  LogOutEverywhereOptions,
  MaybePromise,
  MemoryStore,
  MemoryStoreOptions,
  MergeSession,
  NodeRedisClient,
  NodeRedisCluster,
  NodeRedisSentinel,
  OpenedSession,
  RedisClient,
  RedisStore,
  RedisStoreOptions,
  ResolvedBackendOptions,
  Scope,
  SealedSession,
  Secret,
  SessionBackendOptions,
  SessionClass,
  SessionConfigError,
  SessionConflictError,
  SessionConnection,
  SessionCookieOptions,
  SessionDefinition,
  SessionDefinitionOptions,
  SessionError,
  SessionEvent,
  SessionHandle,
  SessionHeaders,
  SessionInvalidError,
  SessionIssue,
  SessionLateError,
  SessionMiddleware,
  SessionMissingError,
  SessionRequiredError,
  SessionRevocation,
  SessionSerializationError,
  SessionStoreError,
  SessionText,
  SessionTooLargeError,
  SetOptions,
  Store,
  StoreCapabilities,
  StoreEntry,
  StoredSession,
  TypeDecoder,
  TypeDecoders,
  TypeEncoder,
  TypeEncoders,
  UnstorageItems,
  WhenAbsent,
  WhenPresent,
  WhenUnchanged,
  WrittenSession,
  commitSession,
  createRevocationList,
  defineSession,
  fromExpressSessionStore,
  fromUnstorage,
  typeDecoder,
  typeEncoder,
  withNamespace,
} from "./shared.js";
import "@standard-schema/spec";
import "express";
import "fastify";
interface ClientSideSessionOptions<TSource extends SessionSource> extends ClientSideSessionOptions$1<TSource> {
  readonly session: TSource;
}
interface ServerSideSessionOptions<TSource extends SessionSource> extends ServerSideSessionOptions$1<TSource> {
  readonly session: TSource;
}
declare class ClientSideSessionBackend<
  const TSource extends SessionSource,
> extends ClientSideSessionBackend$1<TSource> {
  constructor(options: ClientSideSessionOptions<TSource>);
}
declare class ServerSideSessionBackend<
  const TSource extends SessionSource,
> extends ServerSideSessionBackend$1<TSource> {
  constructor(options: ServerSideSessionOptions<TSource>);
}
interface UnregisteredSession {
  readonly "register the session: declare module 'typed-session' { interface Register { session: typeof appSession } }"?: never;
}
type RegisteredSession = Register extends {
  session: infer TSource;
}
  ? SessionOf<TSource>
  : UnregisteredSession;
declare class Connection<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = RegisteredSession,
> extends Connection$1<User, Auth, State, TSession> {}
declare class Request<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = RegisteredSession,
> extends Request$1<User, Auth, State, TSession> {}
declare class WebSocket<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = RegisteredSession,
> extends WebSocket$1<User, Auth, State, TSession> {}
export {
  ClientSideSessionBackend,
  Connection,
  Register,
  Request,
  ServerSideSessionBackend,
  SessionOf,
  SessionSource,
  WebSocket,
};
export type { ClientSideSessionOptions, RegisteredSession, ServerSideSessionOptions, UnregisteredSession };
