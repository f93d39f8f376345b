/**
 * An overlay on @fastify/session.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { FastifyPluginCallback } from "fastify";
import { createPlugin } from "../adapters/fastify-plugin.js";
import { providePlainSession } from "../adapters/session-guard.js";
import type { SessionDefinition } from "../definition.js";
import { SessionConfigError } from "../errors.js";
import { overlayRequest, type OverlaidRequest } from "./fastify-session-request.js";
import { toOverlaySettings, type TypedOptions } from "./typed-options.js";

export { requireSession, type FastifyRequest } from "./fastify-guard.js";
export type { TypedOptions } from "./typed-options.js";

/**
 * Fastify plugin that gives the sessions of @fastify/session a type that is checked. Register it behind
 * `@fastify/cookie` and `@fastify/session`.
 *
 * @fastify/session stays in charge of ids, cookies, store and saving, and its stored format stays as it is: an instance
 * without this overlay reads what one with it wrote, and the reverse. Stored data is checked and decoded when a request
 * comes, and encoded before the host saves it; keys that the schema doesn't know are left alone. That format has no room
 * for a version: `upgrade` is called with version 0 where stored data does not fit.
 *
 * @throws SessionConfigError when `source` is no schema, or the schema rejects `{}`: in @fastify/session, every visitor's
 * session begins empty.
 *
 * @example
 * ```ts
 * declare module "fastify" {
 *   interface Session extends AppSession {}
 * }
 * await app.register(cookie);
 * await app.register(session, { secret, saveUninitialized: false });
 * await app.register(typed(appSession));
 * ```
 */
export function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options: TypedOptions = {},
): FastifyPluginCallback {
  const settings = toOverlaySettings(source, options, "@fastify/session", (key) => key === "cookie");
  const overlaid = new WeakMap<object, OverlaidRequest>();

  return createPlugin("typed-session on @fastify/session", (app, _options, done) => {
    if (!app.hasPlugin("@fastify/session")) return done(missingHost());

    app.addHook("onRequest", async (request) => {
      const overlay = overlayRequest(request, settings);
      if (overlay === undefined) return;
      overlaid.set(request, overlay);
      providePlainSession(request, overlay.toStored);
    });

    // Saving what a failed request left behind would be a second error.
    app.addHook("onError", async (request) => overlaid.get(request)?.dropInvalidChanges());
    done();
  });
}

function missingHost(): SessionConfigError {
  return new SessionConfigError(
    "typed()",
    "found no @fastify/session",
    "Register @fastify/cookie, @fastify/session and this plugin, in that order.",
  );
}
