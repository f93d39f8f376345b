import { isDeepStrictEqual } from "node:util";
import { parseSetCookie, stringifySetCookie } from "cookie";
import fc from "fast-check";
import { expect, test } from "vitest";
import { campaignSize } from "../campaign.fixture.js";
import { cookieLimit, readChunkedCookie, writeChunkedCookie } from "./cookie-chunks.js";
import { resolveOptions, type SessionBackendOptions } from "./options.js";

const runs = campaignSize(100, 20_000);

/** What a browser has after these responses: it drops cookies that are too large, and those that end. */
function browserAfter(before: Record<string, string>, setCookies: readonly string[]): Record<string, string> {
  const cookies = new Map(Object.entries(before));
  for (const setCookie of setCookies) {
    const { name, value = "", maxAge } = parseSetCookie(setCookie);
    if (maxAge === 0) cookies.delete(name);
    else if (setCookie.length <= cookieLimit) cookies.set(name, value);
  }
  return Object.assign(Object.create(null), Object.fromEntries(cookies));
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// No two windows of it are the same, so that parts in a wrong order show.
const text = Array.from({ length: 70_000 }, (_, at) => alphabet[(at * at + (at >> 6)) % 64]).join("");

const sealed = (maxLength: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: maxLength }), fc.integer({ min: 0, max: 10_000 }))
    .map(([length, from]) => text.slice(from, from + length));

const attributes = fc.record({
  key: fc.stringMatching(/^[a-zA-Z_.-]{1,60}$/),
  path: fc.stringMatching(/^\/[a-z/]{0,200}$/),
  domain: fc.option(fc.stringMatching(/^[a-z]{1,40}\.example$/), { nil: undefined }),
  secure: fc.constant(true),
  partitioned: fc.boolean(),
  sameSite: fc.constantFrom("lax" as const, "strict" as const, "none" as const),
});

test("a value of any length comes back whole, whatever attributes take of the room, and whatever was there before", () => {
  fc.assert(
    fc.property(attributes, sealed(60_000), sealed(60_000), (given: SessionBackendOptions, first, second) => {
      const options = resolveOptions(given);
      let cookies: Record<string, string> = Object.create(null);
      for (const value of [first, second, first.slice(0, 10)]) {
        const { setCookies, count } = writeChunkedCookie(options, value, 1_209_600, cookies);
        expect(Math.max(...setCookies.map(({ length }) => length))).toBeLessThanOrEqual(cookieLimit);
        cookies = browserAfter(cookies, setCookies);
        // Nothing stale is left, so there is exactly one reading.
        expect(Object.keys(cookies)).toHaveLength(count);
        expect(isDeepStrictEqual(readChunkedCookie(cookies, options.key), [value])).toBe(true);
      }
    }),
    { numRuns: runs },
  );
});

test("no room is wasted: all parts but the last are filled to the limit", () => {
  const options = resolveOptions({});
  const { setCookies, size, count } = writeChunkedCookie(options, "x".repeat(20_000), 60, {});
  const sizes = setCookies.map(({ length }) => length);
  expect(sizes.slice(1, -1).every((each) => each === cookieLimit)).toBe(true);
  expect([size, count]).toEqual([sizes.reduce((sum, each) => sum + each), sizes.length]);
  // Three bytes are kept for the number of parts, which is one digit here.
  expect(sizes[0]).toBe(cookieLimit - 2);
});

test("parts are put together by number: ten comes after nine", () => {
  const options = resolveOptions({});
  const value = Array.from({ length: 45_000 }, (_, at) => alphabet[at % 64]).join("");
  const { setCookies, count } = writeChunkedCookie(options, value, 60, {});
  expect(count).toBe(12);
  const shuffled = Object.fromEntries(
    Object.entries(browserAfter({}, setCookies)).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  expect(Object.keys(shuffled).indexOf("session.10")).toBeLessThan(Object.keys(shuffled).indexOf("session.2"));
  expect(readChunkedCookie(shuffled, "session")).toEqual([value]);
});

test("a missing part is no value, and one that is left over from a longer value does no harm", () => {
  const options = resolveOptions({});
  const long = browserAfter({}, writeChunkedCookie(options, "a".repeat(15_000), 60, {}).setCookies);
  const { "session.2": _lost, ...incomplete } = long;
  expect(readChunkedCookie(incomplete, "session")).toEqual([]);
  const short = writeChunkedCookie(options, "b".repeat(6_000), 60, {}).setCookies;
  expect(readChunkedCookie(browserAfter(long, short), "session")).toEqual(["b".repeat(6_000)]);
});

test.each(["", "x", ".", "1.abc", "0.abc", "51.abc", "99999.abc", "-2.abc", "2", "2.abc", "NaN.abc"])(
  "a first part %j without the others is no value",
  (first) => {
    expect(readChunkedCookie({ "session.0": first }, "session")).toEqual([]);
  },
);

test("only cookies of this session are taken from the browser", () => {
  const sent = { "session.0": "2.a", "session.1": "b", "session.01": "c", "session.x": "d", session2: "e", other: "f" };
  const { setCookies } = writeChunkedCookie(resolveOptions({}), "small", 60, sent);
  expect(setCookies.map((each) => parseSetCookie(each).name)).toEqual(["session", "session.0", "session.1"]);
});

test("a value stands in the cookie as it is", () => {
  expect(stringifySetCookie({ name: "session.0", value: "12.abc-_XYZ09" })).toBe("session.0=12.abc-_XYZ09");
});
