import type { ResolvedBackendOptions } from "./options.js";
import { expireSessionCookie, setSessionCookie } from "./session-cookie.js";

/** The most that browsers keep of one cookie, in bytes: name, value and attributes (RFC 6265bis, section 5.6). */
export const cookieLimit = 4096;

/** The most cookies that all browsers keep of one site (RFC 6265bis, section 6.1). */
export const cookieCountLimit = 50;

type Cookies = Readonly<Record<string, string | undefined>>;

/**
 * The values that the cookies of a request may hold: the one of the cookie itself, and the one of its numbered parts. A
 * browser has both for a moment where two overlapping responses gave it one of each kind.
 */
export function readChunkedCookie(cookies: Cookies, key: string): readonly string[] {
  const whole = cookies[key];
  const joined = joinChunks(cookies, key);
  if (joined === undefined) return whole === undefined ? [] : [whole];
  return whole === undefined ? [joined] : [whole, joined];
}

/** Each part is counted, not matched by name, so that parts left over from a longer session do no harm. */
function joinChunks(cookies: Cookies, key: string): string | undefined {
  const first = cookies[chunkName(key, 0)];
  const match = first === undefined ? null : /^(\d{1,2})\.(.*)$/.exec(first);
  const count = Number(match?.[1] ?? 0);
  if (count < 2 || count > cookieCountLimit) return undefined;
  const others = Array.from({ length: count - 1 }, (_, index) => cookies[chunkName(key, index + 1)]);
  return others.includes(undefined) ? undefined : [match?.[2], ...others].join("");
}

/** What {@link writeChunkedCookie} made. */
export interface ChunkedCookie {
  readonly setCookies: readonly string[];
  /** The cookies together, in bytes, names and attributes included. */
  readonly size: number;
  /** How many cookies hold the value. */
  readonly count: number;
}

/**
 * The `Set-Cookie` values that give the browser `value`, in as many cookies as that takes, and take from it the parts
 * that it sent and that are no longer in use. The size of a part is what the real attributes leave of the limit.
 *
 * @param value - text that cookies hold as it is, such as base64url
 * @param maxAge - how long the browser keeps it, in seconds
 */
export function writeChunkedCookie(
  options: ResolvedBackendOptions,
  value: string,
  maxAge: number,
  sent: Cookies,
): ChunkedCookie {
  const whole = setSessionCookie(options, options.key, value, maxAge);
  const parts: readonly Part[] =
    whole.length <= cookieLimit ? [{ name: options.key, part: value }] : split(options, value, maxAge);
  const set = parts.map(({ name, part }) => setSessionCookie(options, name, part, maxAge));
  const inUse = parts.map(({ name }) => name);
  const stale = sentNames(sent, options.key).filter((name) => !inUse.includes(name));
  return {
    setCookies: set.concat(stale.map((name) => expireSessionCookie(options, name))),
    size: set.reduce((size, { length }) => size + length, 0),
    count: set.length,
  };
}

/** The `Set-Cookie` values that take a session's cookies from the browser: those that it sent. */
export function expireChunkedCookie(options: ResolvedBackendOptions, sent: Cookies): readonly string[] {
  return sentNames(sent, options.key).map((name) => expireSessionCookie(options, name));
}

interface Part {
  readonly name: string;
  readonly part: string;
}

function split(options: ResolvedBackendOptions, value: string, maxAge: number): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < value.length;) {
    const name = chunkName(options.key, parts.length);
    const room = cookieLimit - setSessionCookie(options, name, "", maxAge).length - (at === 0 ? countRoom : 0);
    parts.push({ name, part: value.slice(at, at + room) });
    at += room;
  }
  return parts.map(({ name, part }, index) => ({ name, part: index === 0 ? `${parts.length}.${part}` : part }));
}

/** Room for the number of parts, which stands before the first: three digits and a dot. */
const countRoom = 4;

function chunkName(key: string, index: number): string {
  return `${key}.${index}`;
}

function sentNames(sent: Cookies, key: string): readonly string[] {
  return Object.keys(sent).filter((name) => name === key || (name.startsWith(`${key}.`) && isIndex(name, key)));
}

function isIndex(name: string, key: string): boolean {
  return /^(?:0|[1-9]\d?)$/.test(name.slice(key.length + 1));
}
