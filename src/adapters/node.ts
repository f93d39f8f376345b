/**
 * Servers of node:http with the project's own engine.
 *
 * @packageDocumentation
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { BaseSessionBackend } from "../backends/base.js";
import { SessionRequiredError } from "../errors.js";
import { openSession } from "../open-session.js";
import type { SessionConnection } from "../request.js";
import type { Layer, Scope } from "../scope.js";
import type { DefaultSession } from "../types.js";
import { answerFailure } from "./answer-failure.js";
import { attachSessionWithMembers } from "./attach-session.js";
import { commitBeforeHeaders } from "./node-response.js";
import { RequestScope } from "./request-scope.js";
import { createSessionCheck } from "./session-guard.js";
import { anotherLibrary, layerOf, type FitsRegister, type SessionsOptions } from "./sessions-options.js";

/** Node's own request with a session. */
export type Request<TSession = DefaultSession> = IncomingMessage & SessionConnection<TSession>;

/** A handler as node:http calls it. It may be asynchronous. */
export type NodeHandler<TRequest> = (request: TRequest, response: ServerResponse) => unknown;

/** What `sessions` takes besides the backend. */
export interface NodeSessionsOptions extends SessionsOptions {
  /**
   * Answers a request that failed: its session could not be loaded or saved, or its handler threw. Where
   * `response.headersSent` is true, all it can do is `response.destroy()`. Default: that, or 500 Internal Server Error, and
   * the error on the console.
   */
  readonly onError?: (error: unknown, request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * Gives handlers of node:http a session. It is saved before the first byte of the response is sent.
 *
 * @example
 * ```ts
 * const withSession = sessions(new ServerSideSessionBackend({ store, session: appSession }));
 * createServer(withSession((request, response) => response.end(request.session.userId)));
 * ```
 */
export function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options: NodeSessionsOptions = {},
): (handler: NodeHandler<Request<TSession>>) => (request: IncomingMessage, response: ServerResponse) => void {
  const layer = layerOf(options);
  const onError = options.onError ?? answerError;

  async function open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if ("session" in request) throw anotherLibrary("ran before", "Wrap each handler once.");
    const scope = toScope(request, layer);
    const handle = openSession<TSession>(backend, scope);
    if (handle === undefined) return;
    attachSessionWithMembers(request, backend, handle, scope);
    handle.whenUsed(() => commitBeforeHeaders(response, handle, (error) => onError(error, request, response)));
    if (options.load !== "on-demand") await handle.prepare();
  }

  return (handler) => (request, response) => {
    // The session was attached by then: this is where the request's wider type begins.
    const serve = () => handler(request as Parameters<typeof handler>[0], response);
    open(request, response)
      .then(serve)
      .catch((error: unknown) => onError(error, request, response));
  };
}

/**
 * Wraps a handler that needs more of the session than every visitor has. The session is checked when a request comes; in
 * the handler it has the schema's type. A session that does not fit is answered with 401 Unauthorized.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * createServer(withSession(requireSession(SignedIn, (request, response) => response.end(request.session.userId))));
 * ```
 */
export function requireSession<TSchema extends StandardSchemaV1>(
  schema: TSchema,
  handler: NodeHandler<Request<StandardSchemaV1.InferOutput<TSchema>>>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const check = createSessionCheck(schema);
  return async (request, response) => {
    try {
      await check(request);
    } catch (error) {
      if (!(error instanceof SessionRequiredError)) throw error;
      response.writeHead(error.status, { "content-type": "text/plain" }).end("Unauthorized");
      return;
    }
    // Checked above: this is where the narrower type begins.
    await handler(request as Parameters<typeof handler>[0], response);
  };
}

function toScope(request: IncomingMessage, layer: Layer): Scope {
  const { method = "GET", url = "/", headers, socket } = request;
  // A proxy in front ends TLS. What a header says of that is good enough to keep quiet.
  const isSecure = () => "encrypted" in socket || String(headers["x-forwarded-proto"]).startsWith("https");
  return new RequestScope({ method, url, cookie: headers.cookie, isSecure }, layer);
}

function answerError(error: unknown, _request: IncomingMessage, response: ServerResponse): void {
  console.error(error);
  answerFailure(response);
}
