import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ClientSideSessionBackend,
  ServerSideSessionBackend,
  type BaseSessionBackend,
  type SessionBackendOptions,
} from "./backends/index.js";
import { openBrowser } from "./browser.fixture.js";
import { campaignSize } from "./campaign.fixture.js";
import { MemoryStore } from "./stores/index.js";

/** Every form that a session takes in cookies. */
const formats: [string, number, (options: SessionBackendOptions) => BaseSessionBackend][] = [
  ["one encrypted cookie", 10, (options) => new ClientSideSessionBackend({ secret: "s".repeat(32), ...options })],
  [
    "several encrypted cookies",
    6_000,
    (options) => new ClientSideSessionBackend({ secret: "s".repeat(32), ...options }),
  ],
  [
    "the id of a stored session",
    10,
    (options) => new ServerSideSessionBackend({ store: new MemoryStore(), ...options }),
  ],
];

describe.each(formats)("%s", (_name, size, create) => {
  async function begin() {
    const events: string[] = [];
    const backend = create({ onEvent: ({ type }) => events.push(type) });
    const browser = openBrowser(backend);
    await browser.visit((request) => request.setSession({ admin: "x".repeat(size) }));
    /** What comes of these cookies: an anonymous session that nothing is stored for, or the genuine one. */
    async function outcome(cookies: ReadonlyMap<string, string>): Promise<"anonymous" | "genuine" | "something else"> {
      const { result, headers } = await openBrowser(backend, { cookies: new Map(cookies) }).visit(
        ({ session }) => session,
      );
      if (Object.keys(result).length === 0 && headers.length === 0) return "anonymous";
      return result["admin"] === "x".repeat(size) ? "genuine" : "something else";
    }
    return { cookies: browser.cookies, outcome, events };
  }

  test("with any byte changed, left out or added is anonymous", async () => {
    const { cookies, outcome } = await begin();
    expect(await outcome(cookies)).toBe("genuine");
    const step = size > 100 ? campaignSize(29, 1) : 1;
    for (const [name, value] of cookies) {
      for (let at = 0; at < value.length; at += step) {
        const original = value.charCodeAt(at);
        // Every bit of the byte, as far as the result may stand in a cookie at all; then a byte more and a byte less.
        const changed = [0, 1, 2, 3, 4, 5, 6]
          .map((bit) => String.fromCharCode(original ^ (1 << bit)))
          .filter((char) => /^[\w.~!*'()-]$/.test(char));
        for (const char of [...changed, "", `${value[at]}A`]) {
          const forged = new Map(cookies).set(name, value.slice(0, at) + char + value.slice(at + 1));
          expect(await outcome(forged)).toBe("anonymous");
        }
      }
    }
  });

  test("cut off anywhere is anonymous", async () => {
    const { cookies, outcome } = await begin();
    const step = size > 100 ? campaignSize(97, 1) : 1;
    for (const [name, value] of cookies) {
      for (let at = 0; at < value.length; at += step) {
        expect(await outcome(new Map(cookies).set(name, value.slice(0, at)))).toBe("anonymous");
        expect(await outcome(new Map(cookies).set(name, value.slice(at + 1)))).toBe("anonymous");
      }
    }
  });

  test("in the name of garbage is anonymous, never an error", async () => {
    const { cookies, outcome } = await begin();
    const [genuine = ""] = cookies.values();
    const sealedLike = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString("base64url"));
    const garbage = fc.oneof(
      sealedLike,
      fc.string({ unit: "binary", maxLength: 100 }),
      fc.string({ maxLength: 100 }),
      fc.constantFrom("", "null", "{}", "__proto__", "%", "%E0%A4%A", "..", "s:abc.def", "2.", "50.x", "eyJhIjoxfQ=="),
      fc.tuple(fc.nat(genuine.length), fc.string({ maxLength: 5 })).map(([at, text]) => genuine.slice(0, at) + text),
      fc.integer({ min: 43, max: 43 }).chain((length) => fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${length}}$`))),
    );
    await fc.assert(
      fc.asyncProperty(garbage, garbage, async (first, second) => {
        const forged = new Map([
          ["session", first],
          ["session.0", second],
          ["session.1", first],
        ]);
        // Parsing a header takes such a value for the genuine one.
        if (first.split(";")[0]?.trim() === genuine) return;
        expect(await outcome(forged)).toBe("anonymous");
      }),
      { numRuns: campaignSize(2_000, 100_000) },
    );
  });
});

test("a session that was sealed for one name, or with another secret, is anonymous under another", async () => {
  const seal = async (key: string, secret: string) => {
    const browser = openBrowser(new ClientSideSessionBackend({ secret, key }));
    await browser.visit((request) => request.setSession({ admin: true }));
    return browser.cookies.get(key) ?? "";
  };
  const cookies = new Map([["session", await seal("other", "s".repeat(32))]]);
  const backend = new ClientSideSessionBackend({ secret: "s".repeat(32) });
  expect((await openBrowser(backend, { cookies }).visit(({ session }) => session)).result).toEqual({});
  cookies.set("session", await seal("session", "t".repeat(32)));
  expect((await openBrowser(backend, { cookies }).visit(({ session }) => session)).result).toEqual({});
});
