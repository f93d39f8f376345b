import { assertWholeNumber } from "../assert-whole-number.js";
import { SessionConfigError, type SessionInvalidError } from "../errors.js";
import { kindOf } from "../kind-of.js";
import type { SessionSource } from "../types.js";
import { assertCookieAttributes, type SessionCookieOptions } from "./session-cookie.js";

/** Something that happened to a session and that its visitor is not told. For logs and metrics. */
export type SessionEvent =
  /** Stored data was refused: see `onInvalid` in `defineSession`. */
  | {
      readonly type: "session-invalid";
      /** Names paths and reasons, never values. */
      readonly error: SessionInvalidError;
    }
  /** A session cookie was not genuine, or had expired. */
  | { readonly type: "cookie-rejected" }
  /** A cookie was genuine and current, but its session had been revoked. */
  | { readonly type: "session-revoked" }
  /** A request changed a session that had been logged out, or had expired, meanwhile. The change was dropped. */
  | { readonly type: "session-gone" };

/** What both backends take. */
export interface SessionBackendOptions<
  TSource extends SessionSource | undefined = undefined,
> extends SessionCookieOptions {
  /** The session's type: a Standard Schema, a class, or what `defineSession` returned. None: a session dict. */
  readonly session?: TSource;
  /** Paths without a session: a regular expression, or several, matched against the path. */
  readonly exclude?: string | RegExp | readonly (string | RegExp)[];
  /** The name of the route option that, when true, leaves the route without a session. Default `"skipSession"`. */
  readonly excludeOptKey?: string;
  /** The kinds of connection that have a session. Default: both. */
  readonly scopes?: readonly ("http" | "websocket")[];
  /** Told what visitors are not told. It must not throw. */
  readonly onEvent?: (event: SessionEvent) => void;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/** The options of a backend, checked and with their defaults: see {@link SessionBackendOptions}. */
export interface ResolvedBackendOptions {
  /** The cookie's name. */
  readonly key: string;
  /** In seconds. */
  readonly maxAge: number;
  /** In seconds; `Infinity` for none. */
  readonly absoluteTimeout: number;
  /** The cookie's attributes (RFC 6265bis, section 4.1.2). */
  readonly cookie: Required<Pick<SessionCookieOptions, "path" | "secure" | "httpOnly" | "sameSite" | "partitioned">> &
    Pick<SessionCookieOptions, "domain">;
  /** Paths without a session. */
  readonly exclude: readonly RegExp[];
  /** The name of the route option that leaves a route without a session. */
  readonly excludeOptKey: string;
  /** The kinds of connection that have a session. */
  readonly scopes: readonly ("http" | "websocket")[];
  /** Told what visitors are not told. */
  readonly onEvent: (event: SessionEvent) => void;
  /** The time, in milliseconds since 1970. */
  readonly clock: () => number;
}

const fourteenDays = 14 * 24 * 60 * 60;

/**
 * Gives the options their defaults.
 *
 * @throws SessionConfigError names an option that can't work, the kind of its value, and the fix.
 */
export function resolveOptions(options: SessionBackendOptions<SessionSource | undefined>): ResolvedBackendOptions {
  const { key = "session", maxAge = fourteenDays, exclude = [], scopes = ["http", "websocket"] } = options;
  assertSeconds("maxAge", maxAge);
  if (options.absoluteTimeout !== undefined) assertSeconds("absoluteTimeout", options.absoluteTimeout);
  const cookie = {
    path: options.path ?? "/",
    domain: options.domain,
    secure: options.secure ?? process.env["NODE_ENV"] !== "development",
    httpOnly: options.httpOnly ?? true,
    sameSite: options.sameSite ?? "lax",
    partitioned: options.partitioned ?? false,
  } as const;
  assertCookieAttributes(key, cookie);
  return {
    key,
    maxAge,
    absoluteTimeout: options.absoluteTimeout ?? Infinity,
    cookie,
    exclude: (Array.isArray(exclude) ? exclude : [exclude]).map(toExpression),
    excludeOptKey: options.excludeOptKey ?? "skipSession",
    scopes,
    onEvent: options.onEvent ?? (() => {}),
    clock: options.clock ?? Date.now,
  };
}

function assertSeconds(option: string, seconds: unknown): void {
  assertWholeNumber(option, seconds, " of seconds, 1 or more");
}

function toExpression(pattern: unknown): RegExp {
  if (pattern instanceof RegExp) return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
  if (typeof pattern !== "string") {
    throw new SessionConfigError("exclude", `holds ${kindOf(pattern)}`, "Give strings or regular expressions.");
  }
  try {
    return new RegExp(pattern);
  } catch {
    throw new SessionConfigError(
      "exclude",
      `holds "${pattern}", no regular expression`,
      "Escape its special characters.",
    );
  }
}
