import { expectAssignable, expectError, expectNotAssignable, expectNotType, expectType } from "tsd";
import {
  cast,
  ClientSideSessionBackend,
  createRevocationList,
  defineSession,
  MemoryStore,
  RedisStore,
  ServerSideSessionBackend,
  SessionMiddleware,
  typeDecoder,
  typeEncoder,
  type BaseSessionBackend,
  type Scope,
  type SessionDefinition,
  type SessionDict,
  type Store,
} from "typed-session";
import * as v3 from "typed-session/v3";
import { z } from "zod";

const secret = "a secret of more than 32 characters";
const store = new MemoryStore();
const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const appSession = defineSession({ schema: AppSession });
declare const scope: Scope;

// What a backend is given decides what it gives.
expectType<BaseSessionBackend<SessionDict>>(identity(new ClientSideSessionBackend({ secret })));
expectType<BaseSessionBackend<AppSession>>(identity(new ClientSideSessionBackend({ secret, session: AppSession })));
expectType<BaseSessionBackend<AppSession>>(identity(new ServerSideSessionBackend({ store, session: appSession })));
const backend = new ServerSideSessionBackend({ store, session: appSession });
expectType<AppSession>(backend.deserializeData("{}", scope));
expectNotType<any>(backend.deserializeData("{}", scope));
expectType<string>(backend.serializeData({ cart: [] }, scope));
expectError(backend.serializeData({ cart: 5 }, scope));
expectError(backend.serializeData({}, scope));

declare function identity<T>(backend: BaseSessionBackend<T>): BaseSessionBackend<T>;

// What can't work is refused by the compiler too.
expectError(new ClientSideSessionBackend({}));
expectError(new ClientSideSessionBackend({ secret: 5 }));
expectError(new ClientSideSessionBackend({ secret, session: {} }));
expectError(new ClientSideSessionBackend({ secret, maxAge: "1 day" }));
expectError(new ServerSideSessionBackend({}));
expectError(new ServerSideSessionBackend({ store: new Map() }));
expectError(defineSession({ schema: { parse: () => ({}) } }));
expectError(defineSession({ schema: AppSession, onInvalid: "ignore" }));

// Whose a session is, is asked of a session of the declared type.
new ServerSideSessionBackend({ store, session: appSession, userId: (session) => session.userId });
new ServerSideSessionBackend({ store, userId: (session) => session["anything"] });
expectError(new ServerSideSessionBackend({ store, session: appSession, userId: (session) => session.missing }));
expectError(new ServerSideSessionBackend({ store, session: appSession, userId: (session) => session.cart }));
expectType<Promise<number>>(backend.logOutEverywhere("ada", { exceptId: null }));
expectError(backend.logOutEverywhere({ id: "ada" }));

// A cookie's session is revoked by its data, which nobody has checked.
new ClientSideSessionBackend({ secret, revocation: createRevocationList(store) });
new ClientSideSessionBackend({ secret, revocation: { isRevoked: ({ data }) => data["userId"] === "ada" } });
expectError(new ClientSideSessionBackend({ secret, revocation: { isRevoked: () => "yes" } }));
expectError(new ClientSideSessionBackend({ secret, revocation: {} }));
expectError(new ServerSideSessionBackend({ store, maxCookies: 3 }));

// A store says what it can do.
expectType<"this process">(store.capabilities.compareAndSet);
const { capabilities: _capabilities, ...undeclared } = store as Store;
expectError(new ServerSideSessionBackend({ store: undeclared }));
new RedisStore({ client: { call: async () => "OK" } });
expectError(new RedisStore({ client: "redis://localhost" }));
expectError(new RedisStore({ client: { get: async () => "" } }));

// A WebSocket has the session's type, and ways of its own to save and load it.
const socket = await new SessionMiddleware(backend).connect(scope);
expectType<AppSession>(socket.session);
expectType<AppSession>(await socket.reload());
expectType<void>(await socket.save());
expectError(socket.session.missing);

// Definitions.
expectType<SessionDefinition<AppSession>>(appSession);
expectNotType<SessionDefinition<SessionDict>>(appSession);
expectNotAssignable<SessionDefinition<{ userId: string }>>(appSession);
defineSession({ schema: AppSession, encode: (session) => ({ cart: session.cart }) });
expectError(defineSession({ schema: AppSession, encode: (session) => ({ cart: session.missing }) }));

// The helper of v2.
expectType<AppSession>(cast(AppSession, {}));
expectType<AppSession>(cast(appSession, {}));
expectError(cast(AppSession, {}).missing);
expectError(cast("AppSession", {}));

// Encoders and decoders know their class.
typeEncoder(Date, (date) => date.toISOString());
expectError(typeEncoder(Date, (date) => date.missing()));
class Shop {
  name = "";
}
typeDecoder(Shop, (value) => (expectType<unknown>(value), new Shop()));
expectError(typeDecoder(Shop, () => ({})));

// v3: the type is no option, and no request has a dict.
expectError(new v3.ClientSideSessionBackend({ secret }));
expectError(new v3.ServerSideSessionBackend({ store }));
expectAssignable<BaseSessionBackend<AppSession>>(new v3.ClientSideSessionBackend({ secret, session: AppSession }));
declare const request: v3.Request;
expectType<v3.UnregisteredSession>(request.session);
expectError(request.session.anything);
declare const typed: v3.Request<unknown, unknown, object, AppSession>;
expectType<string[]>(typed.session.cart);
expectError(typed.session.missing);
expectError(v3.cast);
