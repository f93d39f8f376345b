import { SessionConfigError } from "../errors.js";
import type { Layer } from "../scope.js";
import type { DefaultConnection } from "../request.js";
import type { Register, SessionOf } from "../types.js";

/** What `sessions` takes besides the backend. */
export interface SessionsOptions {
  /** How values of further classes are written: see `typeEncoder`. */
  readonly typeEncoders?: Layer["typeEncoders"];
  /** How session classes are made: see `typeDecoder`. */
  readonly typeDecoders?: Layer["typeDecoders"];
  /**
   * When a store is asked. `"before"` the handlers, so that `request.session` is there at once; or when a handler asks
   * for it with `await request.loadSession()`, so that routes without a session cost no store operation: `"on-demand"`.
   * Default `"before"`.
   */
  readonly load?: "before" | "on-demand";
}

/** The level of an application that the options speak for. */
export function layerOf({ typeEncoders, typeDecoders }: SessionsOptions): Layer {
  return { typeEncoders, typeDecoders };
}

/** Refuses a backend whose sessions are not of the type that is registered for every request. */
export type FitsRegister<TSession> = Register extends { session: infer TSource }
  ? string extends keyof NonNullable<TSession>
    ? { readonly "this backend's sessions are dicts, but a session type is registered: give it `session`": never }
    : [TSession] extends [SessionOf<TSource>]
      ? unknown
      : { readonly "this backend's sessions are not of the registered type": never }
  : unknown;

/**
 * What every context has where a session type is registered. Where none is, frameworks that hand types from one
 * middleware to the next say it better than a dict, which would make every unknown key `any`.
 */
export type RegisteredConnection = Register extends { session: unknown } ? DefaultConnection : object;

/**
 * The error of a request whose session is another library's.
 *
 * @param deed - what that library did.
 */
export function anotherLibrary(deed: "ran before" | "is about to take it over", advice: string): SessionConfigError {
  return new SessionConfigError(
    "sessions()",
    `found request.session to be somebody else's: another session library ${deed}`,
    `Use one of them. ${advice}`,
  );
}
