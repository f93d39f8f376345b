/**
 * WHATWG requests with the project's own engine: Bun, Deno, workers, Next, SvelteKit, h3.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { BaseSessionBackend } from "../backends/base.js";
import { SessionRequiredError } from "../errors.js";
import { commitSession, type SessionHeaders } from "../commit-session.js";
import { openSession } from "../open-session.js";
import type { SessionConnection } from "../request.js";
import type { Layer, Scope } from "../scope.js";
import type { DefaultSession, MaybePromise } from "../types.js";
import { attachSessionWithMembers } from "./attach-session.js";
import { privateCaching, varyBy } from "./cache-headers.js";
import { createSessionCheck } from "./session-guard.js";
import { anotherLibrary, layerOf, type FitsRegister, type SessionsOptions } from "./sessions-options.js";

export type { SessionsOptions } from "./sessions-options.js";

/** The platform's own `Request` with a session. */
export type Request<TSession = DefaultSession> = globalThis.Request & SessionConnection<TSession>;

/** A handler as a platform calls it: with the request, and whatever the platform gives besides. */
export type FetchHandler<TRequest, TRest extends unknown[]> = (
  request: TRequest,
  ...rest: TRest
) => MaybePromise<Response>;

/** What platforms are given. */
export type ServedHandler<TRequest, TRest extends unknown[]> = (request: TRequest, ...rest: TRest) => Promise<Response>;

/** Makes a handler for the platform of one that wants a session. What the platform gives besides the request stays. */
export interface WithSession<TSession> {
  <TRest extends unknown[] = []>(
    handler: FetchHandler<Request<TSession>, TRest>,
  ): ServedHandler<globalThis.Request, TRest>;
  /** For a platform's own kind of request: name it at the handler's parameter. */
  <TRequest extends globalThis.Request, TRest extends unknown[] = []>(
    handler: FetchHandler<TRequest & SessionConnection<TSession>, TRest>,
  ): ServedHandler<TRequest, TRest>;
}

/**
 * Gives handlers of WHATWG requests a session: Bun, Deno, workers, route handlers of Next, SvelteKit, h3 and others.
 *
 * The session is saved when the handler has returned its response, before any of it is sent; a failed save rejects. What
 * changes while the response's body streams is not saved any more.
 *
 * @example
 * ```ts
 * const withSession = sessions(new ServerSideSessionBackend({ store, session: appSession }));
 * Bun.serve({ fetch: withSession((request) => Response.json(request.session.cart)) });
 * ```
 */
export function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options: SessionsOptions = {},
): WithSession<TSession> {
  const layer = layerOf(options);
  return <TRequest extends globalThis.Request, TRest extends unknown[]>(
      handler: FetchHandler<TRequest & SessionConnection<TSession>, TRest>,
    ): ServedHandler<TRequest, TRest> =>
    async (request, ...rest) => {
      if ("session" in request) throw anotherLibrary("ran before", "Wrap each handler once.");
      const scope = toScope(request, layer);
      const handle = openSession<TSession>(backend, scope);
      if (handle !== undefined) {
        attachSessionWithMembers(request, backend, handle, scope);
        if (options.load !== "on-demand") await handle.prepare();
      }
      // The session was attached above: this is where the request's wider type begins.
      const response = await handler(request as Parameters<typeof handler>[0], ...rest);
      return handle === undefined ? response : withHeaders(response, await commitSession(handle));
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
 * withSession(requireSession(SignedIn, (request) => new Response(request.session.userId)));
 * ```
 */
export function requireSession<TSchema extends StandardSchemaV1, TRest extends unknown[] = []>(
  schema: TSchema,
  handler: FetchHandler<Request<StandardSchemaV1.InferOutput<TSchema>>, TRest>,
): ServedHandler<globalThis.Request, TRest> {
  const check = createSessionCheck(schema);
  return async (request, ...rest) => {
    try {
      await check(request);
    } catch (error) {
      if (error instanceof SessionRequiredError) return new Response("Unauthorized", { status: error.status });
      throw error;
    }
    // Checked above: this is where the narrower type begins.
    return handler(request as Parameters<typeof handler>[0], ...rest);
  };
}

function toScope(request: globalThis.Request, layer: Layer): Scope {
  const { protocol, pathname } = new URL(request.url);
  const cookie = request.headers.get("cookie") ?? undefined;
  // Platforms behind a proxy see plain HTTP. What a header says of that is good enough to keep quiet.
  const secure = protocol === "https:" || (request.headers.get("x-forwarded-proto") ?? "").startsWith("https");
  return { type: "http", method: request.method, path: pathname, headers: { cookie }, secure, layer };
}

function withHeaders(response: Response, headers: SessionHeaders): Response {
  if (headers.length === 0) return response;
  // Redirects, and what fetch() gave, have headers that can't be changed: a copy has its own.
  const copy = new Response(response.body, response);
  for (const [name, value] of headers) {
    const present = copy.headers.get(name) ?? undefined;
    if (name === "Cache-Control") copy.headers.set(name, privateCaching(present, value));
    else if (name === "Vary") copy.headers.set(name, varyBy(present, value));
    else copy.headers.append(name, value);
  }
  return copy;
}
