import { expectAssignable, expectError, expectNotAssignable, expectNotType, expectType } from "tsd";
import { Connection, Request, WebSocket, type SessionDict } from "typed-session";

interface User {
  name: string;
}
interface Auth {
  token: string;
}
interface State {
  started: number;
}
interface AppSession {
  userId?: string;
  cart: string[];
}

declare const none: Request;
declare const one: Request<User>;
declare const two: Request<User, Auth>;
declare const three: Request<User, Auth, State>;
declare const four: Request<User, Auth, State, AppSession>;

// Every arity that v2 allows stays valid, and keeps its session dict.
expectType<SessionDict>(none.session);
expectType<SessionDict>(one.session);
expectType<SessionDict>(two.session);
expectType<SessionDict>(three.session);
expectType<unknown>(none.user);
expectType<User>(one.user);
expectType<unknown>(one.auth);
expectType<Auth>(two.auth);
expectType<Record<string, any>>(two.state);
expectType<State>(three.state);

// … and no more than four are valid.
declare function take<T>(value: T): void;
expectError(take<Request<User, Auth, State, AppSession, string>>(four));
expectError(take<Request<User, Auth, string>>(three));

// Dict access: any key, read and written, in both notations.
expectType<any>(none.session.anything);
expectType<any>(three.session["any thing"]);
none.session.count = 1;
none.session["nested"] = { deep: true };
delete none.session.count;
expectNotType<any>(none.session);
expectError((none.session = 5));
expectError(none.missing);

// The opt-in type: its keys, its types, and nothing else.
expectType<AppSession>(four.session);
expectNotType<any>(four.session);
expectType<string | undefined>(four.session.userId);
expectType<string[]>(four.session.cart);
expectError(four.session.missing);
expectError((four.session.userId = 5));
four.session.userId = "u";
four.session = { cart: [] };
expectError((four.session = {}));

// The methods of v2 know the type as well.
expectType<void>(four.setSession({ cart: ["a"] }));
expectError(four.setSession({ cart: [1] }));
expectError(four.setSession({}));
expectType<void>(none.setSession({ anything: 1 }));
expectType<void>(four.clearSession());
expectType<string | null>(four.getSessionId());
expectNotType<any>(four.getSessionId());
expectType<AppSession | Promise<AppSession>>(four.loadSession());

// A helper that needs a type is not called with a request that has none, nor with another type.
expectNotAssignable<Request<User, Auth, State, AppSession>>(three);
expectAssignable<Request<User, Auth, State>>(three);
expectAssignable<Request<User, Auth, State, { cart: string[] }>>(four);
expectNotAssignable<Request<User, Auth, State, { cart: number[] }>>(four);
expectAssignable<Connection<User, Auth, State>>(three);
expectNotAssignable<Connection<Auth, Auth, State>>(three);

declare const socket: WebSocket<User, Auth, State, AppSession>;
expectType<AppSession>(socket.session);
expectError(socket.session.missing);
expectError(socket.method);
declare const plainSocket: WebSocket;
expectType<SessionDict>(plainSocket.session);
