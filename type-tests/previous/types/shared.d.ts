import { StandardSchemaV1 } from "@standard-schema/spec";
import * as express from "express";
import * as fastify from "fastify";
declare class SessionError extends Error {
  name: string;
}
declare class SessionConfigError extends SessionError {
  name: string;
  readonly option: string;
  constructor(option: string, problem: string, fix: string);
}
declare class SessionMissingError extends SessionError {
  name: string;
}
interface SessionIssue {
  readonly path: string;
  readonly message: string;
}
declare class SessionInvalidError extends SessionError {
  name: string;
  readonly origin: "stored" | "changed";
  readonly issues: readonly SessionIssue[];
  constructor(origin: "stored" | "changed", issues: readonly SessionIssue[]);
}
declare class SessionRequiredError extends SessionError {
  name: string;
  readonly status = 401;
  readonly issues: readonly SessionIssue[];
  constructor(issues: readonly SessionIssue[]);
}
declare class SessionSerializationError extends SessionError {
  name: string;
  readonly path: string;
  constructor(path: string, problem: string);
}
declare class SessionTooLargeError extends SessionError {
  name: string;
  readonly size: number;
  readonly limit: number;
  readonly largestKeys: readonly string[];
  constructor(size: number, limit: number, largestKeys: readonly string[]);
}
declare class SessionLateError extends SessionError {
  name: string;
  constructor();
}
declare class SessionStoreError extends SessionError {
  name: string;
}
declare class SessionConflictError extends SessionError {
  name: string;
}
type SessionDict = Record<string, any>;
interface Register {}
type SessionClass<TSession extends object = object> = new (...parameters: never[]) => TSession;
type SessionSource = StandardSchemaV1 | SessionClass | SessionDefinition<unknown>;
type SessionOf<TSource> = TSource extends undefined
  ? SessionDict
  : TSource extends SessionDefinition<infer TSession>
    ? TSession
    : TSource extends StandardSchemaV1
      ? SessionOfSchema<TSource>
      : TSource extends SessionClass<infer TSession>
        ? ConstructorParameters<TSource>["length"] extends 0
          ? TSession
          : TSession | null
        : never;
type SessionOfSchema<TSchema extends StandardSchemaV1> =
  {} extends StandardSchemaV1.InferInput<TSchema>
    ? StandardSchemaV1.InferOutput<TSchema>
    : StandardSchemaV1.InferOutput<TSchema> | null;
type DefaultSession = Register extends {
  session: infer TSource;
}
  ? SessionOf<TSource>
  : SessionDict;
type MaybePromise<T> = T | Promise<T>;
type Class<T = unknown> = abstract new (...parameters: never[]) => T;
interface TypeEncoder {
  readonly type: Class;
  readonly encode: (value: unknown) => unknown;
}
interface TypeDecoder {
  readonly matches: (type: Class) => boolean;
  readonly decode: (type: Class, value: unknown) => unknown;
}
type TypeEncoders = readonly TypeEncoder[];
type TypeDecoders = readonly TypeDecoder[];
declare function typeEncoder<T>(type: Class<T>, encode: (value: T) => unknown): TypeEncoder;
declare function typeDecoder<TClass extends Class>(
  type: TClass,
  decode: (value: unknown) => InstanceType<TClass>,
): TypeDecoder;
type InvalidSessionPolicy =
  "anonymous" | "throw" | ((error: SessionInvalidError, raw: SessionDict) => SessionDict | undefined);
interface SessionDefinitionOptions<TSource extends StandardSchemaV1 | SessionClass> {
  readonly schema: TSource;
  readonly version?: number;
  readonly upgrade?: (raw: SessionDict, fromVersion: number) => unknown;
  readonly onInvalid?: InvalidSessionPolicy;
  readonly encode?: (session: NonNullable<SessionOf<TSource>>) => object;
}
type Checked<TSession> =
  | {
      readonly ok: true;
      readonly session: TSession;
    }
  | {
      readonly ok: false;
      readonly issues: readonly SessionIssue[];
    };
interface SessionDefinition<out TSession> {
  readonly kind: "dict" | "schema" | "class";
  readonly version: number;
  readonly onInvalid: InvalidSessionPolicy;
  readonly upgrade: ((raw: SessionDict, fromVersion: number) => unknown) | undefined;
  check(raw: unknown, decoders: TypeDecoders): Checked<NonNullable<TSession>>;
  anonymous(): TSession;
  encode(session: object): object;
  storesAsIs(): boolean;
  readonly "~session"?: TSession;
}
declare function defineSession<TSource extends StandardSchemaV1 | SessionClass>(
  options: SessionDefinitionOptions<TSource>,
): SessionDefinition<SessionOf<TSource>>;
interface SessionHandle<TSession> {
  prepare(): MaybePromise<void>;
  whenUsed(listener: () => void): void;
  load(): MaybePromise<TSession>;
  get(): TSession;
  set(session: TSession): void;
  clear(): void;
  id(): string | null;
  regenerateId(): void;
  commit(): MaybePromise<readonly string[]>;
  commitLate(): MaybePromise<void>;
  reload(): MaybePromise<TSession>;
}
interface Layer {
  readonly typeEncoders?: TypeEncoders | undefined;
  readonly typeDecoders?: TypeDecoders | undefined;
  readonly opt?: Readonly<Record<string, unknown>> | undefined;
  readonly parent?: Layer | undefined;
}
interface Scope {
  readonly type: "http" | "websocket";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly secure?: boolean | undefined;
  readonly layer?: Layer | undefined;
  readonly user?: unknown;
  readonly auth?: unknown;
  readonly state?: object;
  session?: SessionHandle<unknown>;
}
type Snapshot =
  | {
      readonly kind: "none";
    }
  | {
      readonly kind: "data";
      readonly data: () => SessionDict;
      readonly origin: StoredData | null;
    }
  | {
      readonly kind: "text";
      readonly text: string;
    }
  | {
      readonly kind: "unsaveable";
      readonly fingerprint: string;
    };
interface StoredData {
  readonly text: string;
  readonly data: SessionDict | null;
}
interface SessionCookieOptions {
  readonly key?: string;
  readonly maxAge?: number;
  readonly absoluteTimeout?: number;
  readonly path?: string;
  readonly domain?: string | undefined;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: "lax" | "strict" | "none";
  readonly partitioned?: boolean;
}
type SessionEvent =
  | {
      readonly type: "session-invalid";
      readonly error: SessionInvalidError;
    }
  | {
      readonly type: "cookie-rejected";
    }
  | {
      readonly type: "session-revoked";
    }
  | {
      readonly type: "session-gone";
    };
interface SessionBackendOptions<TSource extends SessionSource | undefined = undefined> extends SessionCookieOptions {
  readonly session?: TSource;
  readonly exclude?: string | RegExp | readonly (string | RegExp)[];
  readonly excludeOptKey?: string;
  readonly scopes?: readonly ("http" | "websocket")[];
  readonly onEvent?: (event: SessionEvent) => void;
  readonly clock?: () => number;
}
interface ResolvedBackendOptions {
  readonly key: string;
  readonly maxAge: number;
  readonly absoluteTimeout: number;
  readonly cookie: Required<Pick<SessionCookieOptions, "path" | "secure" | "httpOnly" | "sameSite" | "partitioned">> &
    Pick<SessionCookieOptions, "domain">;
  readonly exclude: readonly RegExp[];
  readonly excludeOptKey: string;
  readonly scopes: readonly ("http" | "websocket")[];
  readonly onEvent: (event: SessionEvent) => void;
  readonly clock: () => number;
}
interface Lifetime {
  readonly issuedAt: number;
  readonly expiresAt: number;
}
interface SessionText {
  readonly text: string;
  readonly version: number;
}
interface StoredSession extends SessionText, Lifetime {
  readonly id: string | null;
  readonly token: string | null;
  readonly serial: string | null;
  readonly group: string | null;
}
interface OpenedSession<TSession> {
  readonly session: TSession;
  readonly snapshot: Snapshot;
}
interface WrittenSession {
  readonly stored: StoredSession | null;
  readonly setCookies: readonly string[];
}
type MergeSession = (theirs: StoredSession | null) => SessionText;
declare abstract class BaseSessionBackend<TSession = SessionDict> {
  #private;
  readonly options: ResolvedBackendOptions;
  readonly definition: SessionDefinition<TSession>;
  constructor(options: ResolvedBackendOptions, definition: SessionDefinition<TSession>);
  get readsAtOnce(): boolean;
  abstract read(scope: Scope): MaybePromise<StoredSession | null>;
  abstract write(
    scope: Scope,
    stored: StoredSession | null,
    merge: MergeSession,
    renewId: boolean,
  ): MaybePromise<WrittenSession>;
  abstract renew(scope: Scope, stored: StoredSession): MaybePromise<readonly string[]>;
  abstract remove(scope: Scope, stored: StoredSession | null): MaybePromise<readonly string[]>;
  serializeData(session: TSession, scope: Scope): string;
  encodeSession(session: unknown, scope: Scope): SessionDict;
  deserializeData(text: string, scope: Scope, fromVersion?: number): NonNullable<TSession>;
  openStored(stored: SessionText, scope: Scope): OpenedSession<NonNullable<TSession>> | null;
  assertFits(data: SessionDict, text: string, scope: Scope): void;
  mergeChanges(theirs: SessionText, base: string, mine: string): SessionText;
  protected warnIfInsecure({ secure }: Scope): void;
  protected rejectCookie(): null;
  protected dropGone(): WrittenSession;
}
interface SessionControls {
  clearSession(): void;
  getSessionId(): string | null;
  regenerateSession(): void;
}
interface SessionConnection<TSession = DefaultSession> extends SessionControls {
  session: TSession;
  loadSession(): MaybePromise<TSession>;
  setSession(session: TSession): void;
}
interface DefaultConnection extends SessionControls {
  session: DefaultSession;
  loadSession(): MaybePromise<DefaultSession>;
  setSession(session: DefaultSession): void;
}
declare class Connection<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = DefaultSession,
> implements SessionConnection<TSession> {
  readonly scope: Scope;
  constructor(scope: Scope);
  get user(): User;
  get auth(): Auth;
  get state(): State;
  get path(): string;
  get headers(): Readonly<Record<string, string | undefined>>;
  get session(): TSession;
  set session(session: TSession);
  loadSession(): MaybePromise<TSession>;
  setSession(session: TSession): void;
  clearSession(): void;
  getSessionId(): string | null;
  regenerateSession(): void;
}
declare class Request<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = DefaultSession,
> extends Connection<User, Auth, State, TSession> {
  get method(): string;
}
declare class WebSocket<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = DefaultSession,
> extends Connection<User, Auth, State, TSession> {
  save(): Promise<void>;
  reload(): Promise<TSession>;
}
type AnyParams = express.Request["params"];
type AnyQuery = express.Request["query"];
type RouteKeys = "params" | "body" | "query" | "res";
type RequestWithout<K extends PropertyKey> = Omit<express.Request<any, any, any, any, any>, RouteKeys | K>;
type RouteMembers<P, ResBody, ReqBody, ReqQuery, Locals extends Record<string, any>> = Pick<
  express.Request<P, ResBody, ReqBody, ReqQuery, Locals>,
  RouteKeys
>;
interface GuardedHandler<
  P = AnyParams,
  ResBody = any,
  ReqBody = any,
  ReqQuery = AnyQuery,
  Locals extends Record<string, any> = Record<string, any>,
> extends express.RequestHandler<P, ResBody, ReqBody, ReqQuery, Locals> {
  readonly sessionSchema: StandardSchemaV1;
}
interface SessionsOptions {
  readonly typeEncoders?: Layer["typeEncoders"];
  readonly typeDecoders?: Layer["typeDecoders"];
  readonly load?: "before" | "on-demand";
}
type FitsRegister<TSession> = Register extends {
  session: infer TSource;
}
  ? string extends keyof NonNullable<TSession>
    ? {
        readonly "this backend's sessions are dicts, but a session type is registered: give it `session`": never;
      }
    : [TSession] extends [SessionOf<TSource>]
      ? unknown
      : {
          readonly "this backend's sessions are not of the registered type": never;
        }
  : unknown;
type RegisteredConnection = Register extends {
  session: unknown;
}
  ? DefaultConnection
  : object;
type HandlerOf<
  RawServer extends fastify.RawServerBase,
  RawRequest extends fastify.RawRequestDefaultExpression<RawServer>,
  RawReply extends fastify.RawReplyDefaultExpression<RawServer>,
  RouteGeneric extends fastify.RouteGenericInterface,
  ContextConfig,
  SchemaCompiler extends fastify.FastifySchema,
  TypeProvider extends fastify.FastifyTypeProvider,
  Logger extends fastify.FastifyBaseLogger,
  TRequest,
> = (
  this: fastify.FastifyInstance<RawServer, RawRequest, RawReply, Logger, TypeProvider>,
  request: TRequest,
  reply: fastify.FastifyReply<
    RouteGeneric,
    RawServer,
    RawRequest,
    RawReply,
    ContextConfig,
    SchemaCompiler,
    TypeProvider
  >,
) => ReturnType<
  fastify.RouteHandlerMethod<
    RawServer,
    RawRequest,
    RawReply,
    RouteGeneric,
    ContextConfig,
    SchemaCompiler,
    TypeProvider,
    Logger
  >
>;
interface TypedOptions {
  readonly typeEncoders?: TypeEncoders;
  readonly onInvalidSession?: (error: SessionInvalidError) => void;
}
type AnyServer = fastify.RawServerBase;
type DefaultServer = fastify.RawServerDefault;
type RawRequestOf<TServer extends AnyServer> = fastify.RawRequestDefaultExpression<TServer>;
type RawReplyOf<TServer extends AnyServer> = fastify.RawReplyDefaultExpression<TServer>;
type HostSession = fastify.FastifyRequest extends {
  session: infer TSession;
}
  ? TSession
  : unknown;
interface FastifyRequest<
  RouteGeneric extends fastify.RouteGenericInterface = fastify.RouteGenericInterface,
  RawServer extends AnyServer = DefaultServer,
  RawRequest extends RawRequestOf<RawServer> = RawRequestOf<RawServer>,
  SchemaCompiler extends fastify.FastifySchema = fastify.FastifySchema,
  TypeProvider extends fastify.FastifyTypeProvider = fastify.FastifyTypeProviderDefault,
  ContextConfig = fastify.ContextConfigDefault,
  Logger extends fastify.FastifyBaseLogger = fastify.FastifyBaseLogger,
  TSession = unknown,
> extends Omit<
  fastify.FastifyRequest<RouteGeneric, RawServer, RawRequest, SchemaCompiler, TypeProvider, ContextConfig, Logger>,
  "session"
> {
  session: HostSession & TSession;
}
declare function requireSession<
  TSchema extends StandardSchemaV1,
  RawServer extends AnyServer = DefaultServer,
  RawRequest extends RawRequestOf<RawServer> = RawRequestOf<RawServer>,
  RawReply extends RawReplyOf<RawServer> = RawReplyOf<RawServer>,
  RouteGeneric extends fastify.RouteGenericInterface = fastify.RouteGenericInterface,
  ContextConfig = fastify.ContextConfigDefault,
  SchemaCompiler extends fastify.FastifySchema = fastify.FastifySchema,
  TypeProvider extends fastify.FastifyTypeProvider = fastify.FastifyTypeProviderDefault,
  Logger extends fastify.FastifyBaseLogger = fastify.FastifyBaseLogger,
>(
  schema: TSchema,
  handler: HandlerOf<
    RawServer,
    RawRequest,
    RawReply,
    RouteGeneric,
    ContextConfig,
    SchemaCompiler,
    TypeProvider,
    Logger,
    FastifyRequest<
      RouteGeneric,
      RawServer,
      RawRequest,
      SchemaCompiler,
      TypeProvider,
      ContextConfig,
      Logger,
      StandardSchemaV1.InferOutput<TSchema>
    >
  >,
): fastify.RouteHandlerMethod<
  RawServer,
  RawRequest,
  RawReply,
  RouteGeneric,
  ContextConfig,
  SchemaCompiler,
  TypeProvider,
  Logger
>;
declare function cast<TSource extends SessionSource>(_type: TSource, session: unknown): NonNullable<SessionOf<TSource>>;
type Secret = string | Uint8Array;
interface StoreEntry {
  readonly value: string;
  readonly token: string;
  readonly expiresAt: number;
}
interface WhenUnchanged {
  readonly when: "unchanged";
  readonly token: string;
}
interface WhenAbsent {
  readonly when: "absent";
}
interface WhenPresent {
  readonly when: "present";
}
interface Always {
  readonly when?: undefined;
}
type SetOptions = (Always | WhenAbsent | WhenPresent | WhenUnchanged) & {
  readonly group?: string | undefined;
};
interface StoreCapabilities {
  readonly compareAndSet: "everywhere" | "this process";
  readonly groups: boolean;
}
interface Store {
  readonly capabilities: StoreCapabilities;
  get(key: string): MaybePromise<StoreEntry | null>;
  set(key: string, value: string, expiresIn: number, options?: SetOptions): MaybePromise<StoreEntry | null>;
  delete(key: string, condition?: WhenUnchanged): MaybePromise<boolean>;
  renew(key: string, expiresIn: number, group?: string): MaybePromise<boolean>;
  keysOf?(group: string): MaybePromise<readonly string[]>;
}
interface SealedSession {
  readonly id: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly data: SessionDict;
}
interface SessionRevocation {
  isRevoked(session: SealedSession): MaybePromise<boolean>;
  revoke?(session: SealedSession): MaybePromise<void>;
}
declare function createRevocationList(store: Store, clock?: () => number): Required<SessionRevocation>;
interface ClientSideSessionOptions<
  TSource extends SessionSource | undefined = undefined,
> extends SessionBackendOptions<TSource> {
  readonly secret: Secret | readonly Secret[];
  readonly onRotate?: (secretIndex: number) => void;
  readonly maxCookies?: number;
  readonly revocation?: SessionRevocation;
}
declare class ClientSideSessionBackend<
  const TSource extends SessionSource | undefined = undefined,
> extends BaseSessionBackend<SessionOf<TSource>> {
  #private;
  constructor(options: ClientSideSessionOptions<TSource>);
  get readsAtOnce(): boolean;
  read(scope: Scope): MaybePromise<StoredSession | null>;
  write(
    scope: Scope,
    stored: StoredSession | null,
    merge: MergeSession,
    renewId: boolean,
  ): MaybePromise<WrittenSession>;
  renew(scope: Scope, stored: StoredSession): readonly string[];
  remove(scope: Scope, stored: StoredSession | null): MaybePromise<readonly string[]>;
}
interface ServerSideSessionOptions<
  TSource extends SessionSource | undefined = undefined,
> extends SessionBackendOptions<TSource> {
  readonly store: Store;
  readonly userId?: (session: NonNullable<SessionOf<TSource>>) => string | number | null | undefined;
}
interface LogOutEverywhereOptions {
  readonly exceptId?: string | null;
}
declare class ServerSideSessionBackend<
  const TSource extends SessionSource | undefined = undefined,
> extends BaseSessionBackend<SessionOf<TSource>> {
  #private;
  constructor(options: ServerSideSessionOptions<TSource>);
  read(scope: Scope): MaybePromise<StoredSession | null>;
  write(
    scope: Scope,
    stored: StoredSession | null,
    merge: MergeSession,
    renewId: boolean,
  ): MaybePromise<WrittenSession>;
  renew(scope: Scope, stored: StoredSession): MaybePromise<readonly string[]>;
  remove(scope: Scope, stored: StoredSession | null): MaybePromise<readonly string[]>;
  logOutEverywhere(userId: string | number, { exceptId }?: LogOutEverywhereOptions): Promise<number>;
}
type SessionHeaders = readonly (readonly [name: string, value: string])[];
declare function commitSession(handle: Pick<SessionHandle<unknown>, "commit">): MaybePromise<SessionHeaders>;
declare class SessionMiddleware<TSession> {
  readonly backend: BaseSessionBackend<TSession>;
  constructor(backend: BaseSessionBackend<TSession>);
  open(scope: Scope): SessionHandle<TSession> | undefined;
  handle<T>(
    scope: Scope,
    serve: () => MaybePromise<T>,
  ): Promise<{
    result: T;
    headers: SessionHeaders;
  }>;
  connect(scope: Scope): Promise<WebSocket<unknown, unknown, Record<string, unknown>, TSession>>;
}
interface BridgeOptions {
  readonly timeout?: number;
  readonly clock?: () => number;
}
interface ExpressSessionStore {
  get(sid: string, callback: (error: unknown, session?: unknown) => void): unknown;
  set(sid: string, session: object, callback: (error?: unknown) => void): unknown;
  destroy(sid: string, callback: (error?: unknown) => void): unknown;
}
declare function fromExpressSessionStore(store: ExpressSessionStore, options?: BridgeOptions): Store;
interface FileStoreOptions {
  readonly folder: string;
  readonly fsync?: boolean;
  readonly clock?: () => number;
}
declare class FileStore implements Store {
  #private;
  readonly capabilities: {
    readonly compareAndSet: "everywhere";
    readonly groups: true;
  };
  constructor({ folder, fsync, clock }: FileStoreOptions);
  get(key: string): Promise<StoreEntry | null>;
  set(key: string, value: string, expiresIn: number, options?: SetOptions): Promise<StoreEntry | null>;
  delete(key: string, condition?: WhenUnchanged): Promise<boolean>;
  renew(key: string, expiresIn: number): Promise<boolean>;
  keysOf(group: string): Promise<readonly string[]>;
  deleteExpired(): Promise<number>;
}
interface MemoryStoreOptions {
  readonly maxEntries?: number;
  readonly clock?: () => number;
}
declare class MemoryStore implements Store {
  #private;
  readonly capabilities: {
    readonly compareAndSet: "this process";
    readonly groups: true;
  };
  constructor({ maxEntries, clock }?: MemoryStoreOptions);
  get size(): number;
  get(key: string): StoreEntry | null;
  set(key: string, value: string, expiresIn: number, options?: SetOptions): StoreEntry | null;
  delete(key: string, condition?: WhenUnchanged): boolean;
  renew(key: string, expiresIn: number): boolean;
  keysOf(group: string): readonly string[];
}
declare function withNamespace(store: Store, prefix: string): Store;
interface UnstorageItems {
  getItem(key: string, options: object): unknown;
  setItem?(
    key: string,
    value: string,
    options: {
      ttl: number;
    },
  ): unknown;
  removeItem?(key: string, options: object): unknown;
}
declare function fromUnstorage(items: UnstorageItems, options?: BridgeOptions): Store;
interface IoredisClient {
  call(command: string, ...parameters: string[]): Promise<unknown>;
  readonly isCluster?: boolean;
}
interface NodeRedisClient {
  sendCommand(command: string[]): Promise<unknown>;
}
interface NodeRedisCluster {
  sendCommand(firstKey: string, isReadonly: boolean, command: string[]): Promise<unknown>;
  nodeClient: unknown;
}
interface NodeRedisSentinel {
  sendCommand(isReadonly: boolean, command: string[]): Promise<unknown>;
  getSentinelNode: unknown;
}
type RedisClient = IoredisClient | NodeRedisClient | NodeRedisCluster | NodeRedisSentinel;
interface RedisStoreOptions {
  readonly client: RedisClient;
  readonly prefix?: string;
  readonly timeout?: number;
  readonly clock?: () => number;
}
declare class RedisStore implements Store {
  #private;
  readonly capabilities: {
    readonly compareAndSet: "everywhere";
    readonly groups: true;
  };
  constructor({ client, prefix, timeout, clock }: RedisStoreOptions);
  get(key: string): Promise<StoreEntry | null>;
  set(key: string, value: string, expiresIn: number, options?: SetOptions): Promise<StoreEntry | null>;
  delete(key: string, condition?: WhenUnchanged): Promise<boolean>;
  renew(key: string, expiresIn: number, group?: string): Promise<boolean>;
  keysOf(group: string): Promise<readonly string[]>;
}
export {
  BaseSessionBackend,
  ClientSideSessionBackend,
  Connection,
  FileStore,
  MemoryStore,
  RedisStore,
  Request,
  ServerSideSessionBackend,
  SessionConfigError,
  SessionConflictError,
  SessionError,
  SessionInvalidError,
  SessionLateError,
  SessionMiddleware,
  SessionMissingError,
  SessionRequiredError,
  SessionSerializationError,
  SessionStoreError,
  SessionTooLargeError,
  WebSocket,
  cast,
  commitSession,
  createRevocationList,
  defineSession,
  fromExpressSessionStore,
  fromUnstorage,
  requireSession,
  typeDecoder,
  typeEncoder,
  withNamespace,
};
export type {
  Always,
  AnyParams,
  AnyQuery,
  BridgeOptions,
  Checked,
  Class,
  ClientSideSessionOptions,
  DefaultConnection,
  DefaultSession,
  ExpressSessionStore,
  FastifyRequest,
  FileStoreOptions,
  FitsRegister,
  GuardedHandler,
  HandlerOf,
  InvalidSessionPolicy,
  IoredisClient,
  Layer,
  Lifetime,
  LogOutEverywhereOptions,
  MaybePromise,
  MemoryStoreOptions,
  MergeSession,
  NodeRedisClient,
  NodeRedisCluster,
  NodeRedisSentinel,
  OpenedSession,
  RedisClient,
  RedisStoreOptions,
  Register,
  RegisteredConnection,
  RequestWithout,
  ResolvedBackendOptions,
  RouteMembers,
  Scope,
  SealedSession,
  Secret,
  ServerSideSessionOptions,
  SessionBackendOptions,
  SessionClass,
  SessionConnection,
  SessionCookieOptions,
  SessionDefinition,
  SessionDefinitionOptions,
  SessionDict,
  SessionEvent,
  SessionHandle,
  SessionHeaders,
  SessionIssue,
  SessionOf,
  SessionRevocation,
  SessionSource,
  SessionText,
  SessionsOptions,
  SetOptions,
  Store,
  StoreCapabilities,
  StoreEntry,
  StoredSession,
  TypeDecoder,
  TypeDecoders,
  TypeEncoder,
  TypeEncoders,
  TypedOptions,
  UnstorageItems,
  WhenAbsent,
  WhenPresent,
  WhenUnchanged,
  WrittenSession,
};
