/**
 * An overlay on koa-session.
 *
 * @packageDocumentation
 */

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { DefaultContext, DefaultState, ExtendableContext, Middleware, Next, ParameterizedContext } from "koa";
import type { RouteContext } from "../adapters/koa.js";
import { createSessionCheck, providePlainSession } from "../adapters/session-guard.js";
import type { SessionDefinition } from "../definition.js";
import { SessionConfigError } from "../errors.js";
import type { SessionDict } from "../types.js";
import { overlayLazySession } from "./lazy-session.js";
import { toOverlaySettings, type TypedOptions } from "./typed-options.js";

export type { TypedOptions } from "./typed-options.js";

/** What koa-session puts on its sessions besides the data. */
export interface KoaSessionMembers {
  /** Whether nothing was stored for this visitor. */
  readonly isNew: boolean;
  /** How many keys would be stored. */
  readonly length: number;
  /** Whether any key would be stored. */
  readonly populated: boolean;
  /** In milliseconds, or until the browser is closed. Setting it saves the session. */
  maxAge: number | "session" | undefined;
  /** The id in the external store, where there is one. */
  readonly externalKey: string | undefined;
  /** Saves the session, changed or not. */
  save(callback?: (error?: Error) => void): Promise<void> | undefined;
  /** Moves the session to a new id. Do so at every login. */
  regenerate(callback?: (error?: Error) => void): Promise<void> | undefined;
  /** Saves what changed, where `autoCommit` is off. */
  manuallyCommit(): Promise<void> | undefined;
  /** The data as it is stored. */
  toJSON(): SessionDict;
}

/** Koa's own `Context` with one more, last type parameter: the session. It is `null` after `ctx.session = null`. */
export type Context<
  StateT = DefaultState,
  ContextT = DefaultContext,
  ResponseBodyT = unknown,
  TSession = SessionDict,
> = ContextWith<StateT, ContextT, ResponseBodyT, (TSession & KoaSessionMembers) | null>;

/** Not an intersection with Koa's: `@types/koa-session` says there that a session has any key. */
type ContextWith<StateT, ContextT, ResponseBodyT, TValue> = Omit<ExtendableContext, "session"> &
  Pick<ParameterizedContext<StateT, object, ResponseBodyT>, "state" | "body" | "response"> & {
    [K in keyof ContextT as Exclude<K, "session">]: ContextT[K];
  } & { session: TValue };

/**
 * Koa middleware that gives koa-session's sessions a type that is checked. Mount it right behind `session()`.
 *
 * koa-session stays in charge of cookies, store and saving, and its stored format stays as it is: an instance without this
 * overlay reads what one with it wrote, and the reverse. A session is checked and decoded when `ctx.session` is first
 * used, and encoded when koa-session saves it; keys that the schema doesn't know are left alone. That format has no room
 * for a version: `upgrade` is called with version 0 where stored data does not fit.
 *
 * @throws SessionConfigError when `source` is no schema, or the schema rejects `{}`: in koa-session, every visitor's
 * session begins empty.
 *
 * @example
 * ```ts
 * app.use(session(app)).use(typed(appSession));
 * ```
 */
export function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options: TypedOptions = {},
): Middleware<object, object> {
  const settings = toOverlaySettings(source, options, "koa-session", isHostKey);
  return async (context, next) => {
    if (!Reflect.has(context, "session")) {
      throw new SessionConfigError("typed()", "found no koa-session", "Mount it behind app.use(session(app)).");
    }
    if (Object.hasOwn(context, "session")) return next();
    const { toStored, checkChanges } = overlayLazySession(context, settings);
    providePlainSession(context, toStored);
    try {
      await next();
    } catch (error) {
      // Saving what such a request left behind would be a second error, in the place of the first.
      ignoreErrors(checkChanges);
      throw error;
    }
  };
}

/**
 * Wraps a handler that needs more of the session than every visitor has: see `requireSession` of `typed-session/koa`,
 * which does the same for the project's own engine.
 *
 * @throws SessionConfigError when `schema` is no schema.
 *
 * @example
 * ```ts
 * router.get("/account/:id", requireSession(SignedIn, (ctx) => { ctx.body = ctx.session.userId; }));
 * ```
 */
export function requireSession<
  TSchema extends StandardSchemaV1,
  StateT = DefaultState,
  ContextT = DefaultContext,
  ResponseBodyT = unknown,
>(
  schema: TSchema,
  handler: (
    context: ContextWith<
      StateT,
      ContextT & RouteContext,
      ResponseBodyT,
      StandardSchemaV1.InferOutput<TSchema> & KoaSessionMembers
    >,
    next: Next,
  ) => unknown,
): Middleware<StateT, ContextT, ResponseBodyT> {
  const check = createSessionCheck(schema);
  return async (context, next) => {
    await check(context);
    // Checked above: this is where the narrower type begins.
    const narrowed: object = context;
    await handler(narrowed as Parameters<typeof handler>[0], next);
  };
}

/** What koa-session does not store: see its `Session#toJSON`. */
function isHostKey(key: string): boolean {
  return key.startsWith("_") || key === "isNew";
}

function ignoreErrors(run: () => void): void {
  try {
    run();
  } catch {
    // The caller has an error of its own.
  }
}
