/**
 * An overlay on @fastify/secure-session.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { FastifyPluginCallback, FastifyRequest as HostRequest } from "fastify";
import { createPlugin } from "../adapters/fastify-plugin.js";
import { providePlainSession } from "../adapters/session-guard.js";
import type { SessionDefinition } from "../definition.js";
import { SessionConfigError } from "../errors.js";
import { isSecureSession, overlaySession, type OverlaidSession } from "./fastify-secure-session-proxy.js";
import { toOverlaySettings, type TypedOptions } from "./typed-options.js";

export { requireSession, type FastifyRequest } from "./fastify-guard.js";

/** What `typed` takes besides the definition. */
export interface SecureSessionTypedOptions extends TypedOptions {
  /** Which session, where the host has several: its `sessionName`. Default `"session"`, the one that is guarded. */
  readonly sessionName?: string;
}

/**
 * Fastify plugin that gives a session of @fastify/secure-session a type that is checked. Register it behind the host.
 *
 * @fastify/secure-session stays in charge of the cookie, its encryption and its age, and what it stores stays as it is: an
 * instance without this overlay reads what one with it wrote, and the reverse. A session is checked and decoded when it is
 * first used, and encoded before the host saves it; keys that the schema doesn't know are left alone. Changes inside of a
 * value, such as `session.cart.push(item)`, are saved too, which the host alone misses. That format has no room for a
 * version: `upgrade` is called with version 0 where stored data does not fit.
 *
 * @throws SessionConfigError when `source` is no schema, or the schema rejects `{}`: in @fastify/secure-session, every
 * visitor's session begins empty.
 *
 * @example
 * ```ts
 * declare module "@fastify/secure-session" {
 *   interface SessionData extends AppSession {}
 * }
 * await app.register(secureSession, { key });
 * await app.register(typed(appSession));
 * ```
 */
export function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options: SecureSessionTypedOptions = {},
): FastifyPluginCallback {
  const { sessionName = "session" } = options;
  const settings = toOverlaySettings(source, options, "@fastify/secure-session", () => false);
  const overlaid = new WeakMap<object, OverlaidSession>();

  return createPlugin("typed-session on @fastify/secure-session", (app, _options, done) => {
    if (!app.hasPlugin("@fastify/secure-session")) return done(missingHost());
    if (!app.hasRequestDecorator(sessionName)) return done(unknownName(sessionName));

    app.addHook("onRequest", async (request) => {
      const host: unknown = Reflect.get(request, sessionName);
      if (!isSecureSession(host)) return;
      const overlay = overlaySession(host, settings);
      overlaid.set(request, overlay);
      Reflect.set(request, sessionName, overlay.session);
      if (sessionName === "session") providePlainSession(request, overlay.toStored);
    });

    // Saving what a failed request left behind would be a second error.
    app.addHook("onError", async (request: HostRequest) => overlaid.get(request)?.dropInvalidChanges());
    done();
  });
}

function missingHost(): SessionConfigError {
  return new SessionConfigError(
    "typed()",
    "found no @fastify/secure-session",
    "Register @fastify/secure-session and this plugin, in that order.",
  );
}

function unknownName(sessionName: string): SessionConfigError {
  return new SessionConfigError(
    "sessionName",
    `is "${sessionName}", and @fastify/secure-session has no session of that name`,
    "Give the sessionName that it was registered with.",
  );
}
