import { parseCookie, stringifySetCookie } from "cookie";
import { SessionConfigError } from "../errors.js";
import { kindOf } from "../kind-of.js";
import type { Scope } from "../scope.js";
import { toError } from "../to-error.js";
import type { ResolvedBackendOptions } from "./options.js";

/** How the session's cookie is sent. Attributes are those of RFC 6265bis. */
export interface SessionCookieOptions {
  /** The cookie's name, 1 to 256 characters. Default `"session"`. */
  readonly key?: string;
  /**
   * How long a session lives without being used, in seconds: the idle timeout. Use in the second half of that time
   * renews it, so it ends between half of it and all of it after the last use. Default 14 days.
   */
  readonly maxAge?: number;
  /**
   * How long a session lives however much it is used, in seconds from its beginning: the absolute timeout (OWASP
   * Session Management Cheat Sheet). A new id does not begin it again; a logout does. Default: none.
   */
  readonly absoluteTimeout?: number;
  /** Default `"/"`. */
  readonly path?: string;
  /** Default: the host that sets it, without its subdomains. */
  readonly domain?: string | undefined;
  /** Default: true, unless `NODE_ENV` is `"development"`. */
  readonly secure?: boolean;
  /** Default: true. Scripts in the page can't read the cookie then. */
  readonly httpOnly?: boolean;
  /** Default `"lax"`. */
  readonly sameSite?: "lax" | "strict" | "none";
  /** Keeps the cookie apart per top-level site (CHIPS). Default: false. */
  readonly partitioned?: boolean;
}

/** The cookies of a request by name. A browser may send several of one name: from several paths and domains. */
export function readCookies(scope: Scope): Readonly<Record<string, string | undefined>> {
  // The first of a name is the one with the longest path (RFC 6265bis, section 5.8.3). One is taken, never a mix.
  return parseCookie(scope.headers["cookie"] ?? "");
}

/**
 * A `Set-Cookie` value that gives the browser a session, or a part of one, for `maxAge` seconds.
 *
 * @param name - the option `key`, or a name that begins with it and a dot
 * @param value - text that cookies hold as it is, such as base64url
 */
export function setSessionCookie(options: ResolvedBackendOptions, name: string, value: string, maxAge: number): string {
  return `${name}=${value}${attributesFor(options, maxAge)}`;
}

/** What follows a cookie's value: the same for all that are set within a second. */
function attributesFor(options: ResolvedBackendOptions, maxAge: number): string {
  const latest = latestAttributes.get(options);
  if (latest?.maxAge === maxAge) return latest.text;
  const empty = stringifySetCookie({ name: options.key, value: "", maxAge, ...attributes(options.cookie) });
  const text = empty.slice(`${options.key}=`.length);
  latestAttributes.set(options, { maxAge, text });
  return text;
}

const latestAttributes = new WeakMap<ResolvedBackendOptions, { readonly maxAge: number; readonly text: string }>();

/** A `Set-Cookie` value that takes a cookie from the browser: it goes only if path and domain are those it was set with. */
export function expireSessionCookie(options: ResolvedBackendOptions, name: string): string {
  return stringifySetCookie({ name, value: "", maxAge: 0, expires: new Date(0), ...attributes(options.cookie) });
}

function attributes(cookie: ResolvedBackendOptions["cookie"]) {
  return { ...cookie, domain: cookie.domain ?? "" }; // an empty one is left out
}

/**
 * Refuses cookies that browsers would refuse.
 *
 * @throws SessionConfigError
 */
export function assertCookieAttributes(key: unknown, cookie: ResolvedBackendOptions["cookie"]): void {
  assertKey(key);
  if (key.startsWith("__Host-") && (!cookie.secure || cookie.path !== "/" || cookie.domain !== undefined)) {
    throw new SessionConfigError(
      "key",
      "begins with __Host-, which needs secure, path / and no domain",
      "Set `secure: true`, leave out `path` and `domain`, or choose another key.",
    );
  }
  if (key.startsWith("__Secure-") && !cookie.secure) {
    throw new SessionConfigError("key", "begins with __Secure- while `secure` is false", "Set `secure: true`.");
  }
  if (cookie.sameSite === "none" && !cookie.secure) {
    throw new SessionConfigError("sameSite", 'is "none" while `secure` is false', "Set `secure: true`.");
  }
  try {
    stringifySetCookie({ name: key, value: "", ...attributes(cookie) });
  } catch (error) {
    const problem = `can't stand in a cookie: ${toError(error).message}`;
    throw new SessionConfigError("key, path or domain", problem, "Use plain ASCII.");
  }
}

function assertKey(key: unknown): asserts key is string {
  if (typeof key === "string" && key.length > 0 && key.length <= 256) return;
  const kind = typeof key === "string" ? `a string of ${key.length} characters` : kindOf(key);
  throw new SessionConfigError("key", `is ${kind}`, "Give the cookie's name, 1 to 256 characters.");
}
