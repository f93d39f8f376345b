/**
 * NewName with the project's own engine.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BaseSessionBackend } from "../backends/base.js";
import { openSession } from "../open-session.js";
import type { SessionConnection } from "../request.js";
import type { Layer, Scope } from "../scope.js";
import type { DefaultSession, MaybePromise } from "../types.js";
import { attachSessionWithMembers } from "./attach-session.js";
import { commitBeforeHeaders } from "./node-response.js";
import { RequestScope } from "./request-scope.js";
import { createSessionCheck } from "./session-guard.js";
import { anotherLibrary, layerOf, type FitsRegister, type SessionsOptions } from "./sessions-options.js";

export type { SessionsOptions } from "./sessions-options.js";

/** What handlers are given. Put the type that NewName declares in its place. */
export interface NewNameContext {
  /** The request, as Node has it. */
  readonly request: IncomingMessage;
  /** The response, as Node has it. */
  readonly response: ServerResponse;
}

/** NewName's own context with a session. */
export type Context<TSession = DefaultSession> = NewNameContext & SessionConnection<TSession>;

/**
 * NewName middleware that gives every context behind it a session. It is saved before the first byte of the response is sent.
 *
 * @example
 * ```ts
 * app.use(sessions(new ServerSideSessionBackend({ store, session: appSession })));
 * ```
 */
export function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options: SessionsOptions = {},
): (context: NewNameContext, next: () => MaybePromise<void>) => Promise<void> {
  const layer = layerOf(options);
  return async (context, next) => {
    if ("session" in context) throw anotherLibrary("ran before", "Take the other one out, or this one.");
    const scope = toScope(context, layer);
    const handle = openSession<TSession>(backend, scope);
    if (handle === undefined) return next();
    // Where all contexts of an application share a prototype of their own, addSessionMembers and attachSession cost less.
    attachSessionWithMembers(context, backend, handle, scope);
    handle.whenUsed(() => commitBeforeHeaders(context.response, handle, (error) => fail(context, error)));
    if (options.load !== "on-demand") await handle.prepare();
    await next();
  };
}

/**
 * Wraps a handler that needs more of the session than every visitor has. The session is checked when a request comes; in
 * the handler it has the schema's type. A session that does not fit is a `SessionRequiredError`, whose `status` is 401.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * app.get("/account", requireSession(SignedIn, ({ session, response }) => response.end(session.userId)));
 * ```
 */
export function requireSession<TSchema extends StandardSchemaV1>(
  schema: TSchema,
  handler: (context: Context<StandardSchemaV1.InferOutput<TSchema>>) => unknown,
): (context: NewNameContext) => Promise<void> {
  const check = createSessionCheck(schema);
  return async (context) => {
    await check(context);
    // Checked above: this is where the narrower type begins.
    const narrowed: object = context;
    await handler(narrowed as Parameters<typeof handler>[0]);
  };
}

/** Answers in the place of a response whose session could not be saved. */
function fail(context: NewNameContext, error: Error): void {
  notWritten("give the error to NewName's own error handling", context, error);
}

function toScope({ request }: NewNameContext, layer: Layer): Scope {
  const { method = "GET", url = "/", headers } = request;
  const isSecure = () => "encrypted" in request.socket;
  return new RequestScope({ method, url, cookie: headers.cookie, isSecure }, layer);
}

/** Takes the place of what is still to be written; goes when everything is. */
function notWritten(task: string, ..._given: unknown[]): never {
  throw new Error(`Still to be written, in src/adapters/new-name.ts: ${task}.`);
}
