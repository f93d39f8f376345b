/**
 * Hono 4 with the project's own engine.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type * as hono from "hono";
import { HTTPException } from "hono/http-exception";
import type { BaseSessionBackend } from "../backends/base.js";
import { SessionRequiredError } from "../errors.js";
import { commitSession, type SessionHeaders } from "../commit-session.js";
import { openSession } from "../open-session.js";
import type { SessionConnection } from "../request.js";
import type { Layer, Scope } from "../scope.js";
import type { DefaultSession } from "../types.js";
import { attachedTo, attachSession, sessionMembers, type SessionMember } from "./attach-session.js";
import { privateCaching, varyBy } from "./cache-headers.js";
import { RequestScope } from "./request-scope.js";
import { createSessionCheck } from "./session-guard.js";
import {
  anotherLibrary,
  layerOf,
  type FitsRegister,
  type RegisteredConnection,
  type SessionsOptions,
} from "./sessions-options.js";

export type { SessionsOptions } from "./sessions-options.js";

declare module "hono" {
  // Without a registered type, the chain of an application's middleware says what its variables are.
  interface ContextVariableMap extends RegisteredConnection {}
}

/**
 * What `sessions` adds to an application's variables: `c.var.session`, `c.var.clearSession()`, …
 *
 * @example
 * ```ts
 * const app = new Hono<{ Variables: SessionVariables<AppSession> }>();
 * ```
 */
export interface SessionVariables<TSession = DefaultSession> extends SessionConnection<TSession> {}

/**
 * Hono's own `Context` with one more, last type parameter: the session. Hono compares environments exactly: `E` is what
 * the application has besides the session.
 */
export type Context<
  E extends hono.Env = {},
  // As Hono has it: any path.
  P extends string = any,
  I extends hono.Input = {},
  TSession = DefaultSession,
> = hono.Context<E & { Variables: SessionVariables<TSession> }, P, I>;

/**
 * Hono middleware that gives every context behind it a session: `c.var.session`, or `c.get("session")`.
 *
 * A store is asked before the handlers run, and only if the request has a session cookie; an encrypted cookie is opened
 * when the session is first used. The session is saved when the handler has returned its response, before any of it is
 * sent; when that fails, the error goes to `app.onError`. What changes while the body streams is not saved any more.
 *
 * @example
 * ```ts
 * const app = new Hono().use(sessions(new ServerSideSessionBackend({ store, session: appSession })));
 * app.get("/cart", (c) => c.json(c.var.session.cart));
 * ```
 */
export function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options: SessionsOptions = {},
): hono.MiddlewareHandler<{ Variables: SessionVariables<TSession> }> {
  const layer = layerOf(options);
  return async (context, next) => {
    if (attachedTo(context) !== undefined) return next();
    if (context.get("session") !== undefined)
      throw anotherLibrary("ran before", "Take the other one's app.use() out, or this one.");
    const scope = toScope(context, layer);
    const handle = openSession<TSession>(backend, scope);
    if (handle === undefined) return next();
    attachSession(context, backend, handle, scope);
    provideVariables(context);
    const preparing = options.load === "on-demand" ? undefined : handle.prepare();
    if (preparing !== undefined) await preparing;
    await next();
    try {
      const headers = commitSession(handle);
      addHeaders(context, headers instanceof Promise ? await headers : headers);
    } catch (error) {
      // A request that failed already is answered with its own error: the first counts.
      if (context.error !== undefined) return;
      // Hono gives the headers of the response that there is to the error's, which has another body.
      for (const name of ["Content-Encoding", "Content-Length"]) context.header(name, undefined);
      throw error;
    }
  };
}

/**
 * Middleware for routes that need more of the session than every visitor has. The session is checked when a request
 * comes; for the handlers behind it, `c.var.session` has the schema's type. Make such a schema from the app's own, for
 * example with zod `AppSession.required({ userId: true })`.
 *
 * A session that does not fit goes to `app.onError` as an `HTTPException` with status 401, whose `cause` says why.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * app.get("/account/:id", requireSession(SignedIn), (c) => c.text(c.var.session.userId));
 * ```
 */
export function requireSession<TSchema extends StandardSchemaV1>(
  schema: TSchema,
): hono.MiddlewareHandler<{ Variables: SessionVariables<StandardSchemaV1.InferOutput<TSchema>> }> {
  const check = createSessionCheck(schema);
  return async (context, next) => {
    try {
      await check(context);
    } catch (error) {
      if (!(error instanceof SessionRequiredError)) throw error;
      throw new HTTPException(error.status, { message: "Unauthorized", cause: error });
    }
    await next();
  };
}

/** Variables are values in a map: a session that is opened when it is first used has to be answered for. */
function provideVariables(context: hono.Context): void {
  const { get, set } = context;
  Object.assign(context, {
    get: (key: string): unknown => {
      const member = members.get(key);
      return member === undefined ? get(key) : member.get.call(context);
    },
    set: (key: string, value: unknown) => {
      const member = members.get(key);
      if (member === undefined) set(key, value);
      else member.set.call(context, value);
    },
  });
  Object.defineProperty(context, "var", variables);
}

const members = new Map<string, SessionMember>(Object.entries(sessionMembers));

/** The same for every context: see {@link attachSession}. */
const variables = {
  configurable: true,
  get(this: hono.Context): object {
    const plain: object = Reflect.get(Object.getPrototypeOf(this), "var", this);
    return Object.defineProperties({ ...plain }, { ...sessionMembers, _typedSession: { value: attachedTo(this) } });
  },
};

function addHeaders(context: hono.Context, headers: SessionHeaders): void {
  for (const [name, value] of headers) {
    const present = context.res.headers.get(name) ?? undefined;
    if (name === "Cache-Control") context.header(name, privateCaching(present, value));
    else if (name === "Vary") context.header(name, varyBy(present, value));
    else context.header(name, value, { append: true });
  }
}

function toScope(context: hono.Context, layer: Layer): Scope {
  const { method, path: url } = context.req;
  const isSecure = () => {
    // Servers behind a proxy see plain HTTP. What a header says of that is good enough to keep quiet.
    const isForwarded = context.req.header("x-forwarded-proto")?.startsWith("https") ?? false;
    return isForwarded || context.req.url.startsWith("https:");
  };
  return new RequestScope({ method, url, cookie: context.req.header("cookie"), isSecure }, layer);
}
