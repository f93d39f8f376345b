import * as v2 from "../request.js";
import type { RegisteredSession } from "./types.js";

/** See `Connection` of v2. The session is the registered one unless `TSession` says otherwise; it is never a dict. */
export class Connection<
  User = unknown,
  Auth = unknown,
  // Any key: the state of v2.
  State extends object = Record<string, any>,
  TSession = RegisteredSession,
> extends v2.Connection<User, Auth, State, TSession> {}

/** See `Request` of v2. The session is the registered one unless `TSession` says otherwise; it is never a dict. */
export class Request<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = RegisteredSession,
> extends v2.Request<User, Auth, State, TSession> {}

/** See `WebSocket` of v2. The session is the registered one unless `TSession` says otherwise; it is never a dict. */
export class WebSocket<
  User = unknown,
  Auth = unknown,
  State extends object = Record<string, any>,
  TSession = RegisteredSession,
> extends v2.WebSocket<User, Auth, State, TSession> {}
