/**
 * An overlay on iron-session.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import { createSessionCheck, providePlainSession } from "../adapters/session-guard.js";
import type { SessionDefinition } from "../definition.js";
import { SessionConfigError } from "../errors.js";
import { isObject } from "../is-object.js";
import { kindOf } from "../kind-of.js";
import type { SessionDict, SessionOf } from "../types.js";
import { createOverlay } from "./overlay.js";
import { toOverlaySettings, type TypedOptions } from "./typed-options.js";

export type { TypedOptions } from "./typed-options.js";

/** What `getIronSession` puts on its sessions besides the data. */
export interface IronSessionMembers {
  /** Seals the session and sets the cookie. */
  save(): Promise<void>;
  /** Empties the session and ends the cookie. */
  destroy(): void;
  /** Changes the options of this session's cookie. */
  updateConfig(options: never): void;
}

/** A session in the application's type, with what iron-session puts on it. */
export type TypedIronSession<TSession, THost extends IronSessionMembers> = TSession &
  Pick<THost, keyof IronSessionMembers>;

/** Puts a session of `getIronSession` into the declared type. */
export type OpenSession<TSession> = <THost extends IronSessionMembers>(
  host: THost,
) => TypedIronSession<TSession, THost>;

/**
 * Gives iron-session's sessions a type that is checked.
 *
 * iron-session stays in charge of the cookie, its sealing and its time to live, and what it seals stays as it is: an
 * instance without this overlay reads what one with it wrote, and the reverse. The session is checked and decoded when it
 * is opened, and encoded when it is saved; keys that the schema doesn't know are left alone. That format has no room for
 * a version: `upgrade` is called with version 0 where stored data does not fit.
 *
 * @returns how to open a session; it throws `SessionInvalidError` where the definition says `onInvalid: "throw"`, and its
 * `save()` rejects with one where what the application wrote does not have the declared type. Nothing is saved then.
 * @throws SessionConfigError when `source` is no schema, or the schema rejects `{}`: in iron-session, every visitor's
 * session begins empty.
 *
 * @example
 * ```ts
 * const open = typed(appSession);
 * const session = open(await getIronSession<SessionDict>(await cookies(), options));
 * session.cart.push(item);
 * await session.save();
 * ```
 */
export function typed<TSource extends StandardSchemaV1 | SessionDefinition<unknown>>(
  source: TSource,
  options?: TypedOptions,
): OpenSession<NonNullable<SessionOf<TSource>>>;
export function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options: TypedOptions = {},
): OpenSession<SessionDict> {
  const settings = toOverlaySettings(source, options, "iron-session", () => false);
  return (host) => {
    assertIronSession(host);
    // iron-session's members can't be replaced, and its `save` seals that one object: the application gets another.
    const session = withMembers(host, {
      save: async () => {
        replaceData(host, overlay.toStored().data);
        await host.save();
      },
      destroy: () => {
        host.destroy();
        replaceData(session, {});
      },
      updateConfig: (config) => host.updateConfig(config),
    });
    const overlay = createOverlay(session, settings);
    providePlainSession(session, () => overlay.toStored().data);
    return session;
  };
}

/**
 * Asks for more of a session than every visitor has.
 *
 * @returns the session, in the schema's type.
 * @throws SessionRequiredError, whose `status` is 401, when the session does not fit.
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * const session = requireSession(SignedIn, open(await getIronSession(request, response, options)));
 * ```
 */
export function requireSession<TSchema extends StandardSchemaV1, TSession extends IronSessionMembers>(
  schema: TSchema,
  session: TSession,
): TypedIronSession<StandardSchemaV1.InferOutput<TSchema>, TSession> {
  // At once: what is checked is in memory.
  void createSessionCheck(schema)(session);
  // Checked above: this is where the narrower type begins.
  return session as TypedIronSession<StandardSchemaV1.InferOutput<TSchema>, TSession>;
}

function withMembers<THost extends IronSessionMembers>(
  host: THost,
  members: IronSessionMembers,
): SessionDict & Pick<THost, keyof IronSessionMembers> {
  const hidden = Object.entries(members).map(([name, value]) => [name, { value }] as const);
  return Object.defineProperties({ ...host }, Object.fromEntries(hidden));
}

function replaceData(target: object, data: SessionDict): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, data);
}

function assertIronSession(host: unknown): void {
  if (isObject(host) && "save" in host && "destroy" in host) return;
  const isPromise = host instanceof Promise;
  throw new SessionConfigError(
    "typed()",
    `got ${isPromise ? "a promise" : kindOf(host)} for a session`,
    isPromise ? "Await getIronSession() first." : "Give it what getIronSession() returned.",
  );
}
