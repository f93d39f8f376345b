import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SessionSerializationError } from "./errors.js";
import { parseSessionText, toPlainData, typeEncoder } from "./serialization.js";

describe("toPlainData", () => {
  test("what it lets through survives JSON unchanged", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          fc.jsonValue().filter((value) => !JSON.stringify(value).includes("__proto__")),
        ),
        (session) => {
          const plain = toPlainData(session, []);
          expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
          // -0 is 0 in JSON, and equal to it.
          expect(JSON.stringify(plain)).toBe(JSON.stringify(session));
        },
      ),
    );
  });

  test.each([
    ["since", { since: new Date(0) }, "an instance of Date"],
    ["cart[0].added", { cart: [{ added: new Date(0) }] }, "an instance of Date"],
    ["seen", { seen: new Set([1]) }, "an instance of Set"],
    ["by.id", { by: { id: new Map() } }, "an instance of Map"],
    ["home", { home: new URL("http://localhost/") }, "an instance of URL"],
    ["total", { total: 1n }, "a bigint"],
    ["total", { total: Number.NaN }, "NaN"],
    ["total", { total: Infinity }, "Infinity"],
    ["run", { run: () => 1 }, "a function"],
    ["nested.__proto__", { nested: JSON.parse('{"__proto__":{"isAdmin":true}}') }, "no name for data"],
    ["list[1]", { list: [1, undefined] }, "undefined"],
    ["mark", { mark: Symbol("s") }, "a symbol"],
  ])("%s: what JSON would change is refused by path", (path, session, kind) => {
    expect(() => toPlainData(session, [])).toThrow(SessionSerializationError);
    expect(() => toPlainData(session, [])).toThrow(`\`${path}\` is ${kind}`);
  });

  test("a cycle is refused by path", () => {
    const node: Record<string, unknown> = {};
    node["self"] = { back: node };
    expect(() => toPlainData({ node }, [])).toThrow("`node.self.back` contains itself");
    const shared = { a: 1 };
    expect(toPlainData({ left: shared, right: shared }, [])).toEqual({ left: shared, right: shared });
  });

  test("the first encoder that fits is used, and its result is checked too", () => {
    const encoders = [
      typeEncoder(Date, (date) => date.toISOString()),
      typeEncoder(Set, (set) => [...set]),
      typeEncoder(Object, () => "never reached by a Date"),
    ];
    const session = { since: new Date(0), seen: new Set([new Date(1)]) };
    expect(toPlainData(session, encoders.slice(0, 2))).toEqual({
      since: "1970-01-01T00:00:00.000Z",
      seen: ["1970-01-01T00:00:00.001Z"],
    });
    expect(() => toPlainData({ at: new Map() }, [typeEncoder(Map, () => 1n)])).toThrow("`at` is a bigint");
  });

  test("-0 is the 0 that JSON makes of it, so that it never looks changed", () => {
    expect(toPlainData({ total: -0 }, [])).toEqual({ total: 0 });
  });

  test("the session stays as it is, whatever had to be left out or encoded", () => {
    const since = new Date(0);
    const session = { since, left: undefined, cart: [{ sku: "a", seen: [since], left: undefined }] };
    const plain = toPlainData(session, [typeEncoder(Date, (date) => date.getTime())]);
    expect(plain).toStrictEqual({ since: 0, cart: [{ sku: "a", seen: [0] }] });
    expect(session).toStrictEqual({ since, left: undefined, cart: [{ sku: "a", seen: [since], left: undefined }] });
  });

  test("what is plain already is not copied", () => {
    const session = { cart: [{ sku: "a" }], since: new Date(0) };
    const plain = toPlainData(session, [typeEncoder(Date, () => "then")]);
    expect(plain["cart"]).toBe(session.cart);
    expect(toPlainData(plain, [])).toBe(plain);
  });
});

describe("parseSessionText", () => {
  test.each(["", "{", "null", "[]", '"text"', "1"])("%j is no session", (text) => {
    expect(parseSessionText(text)).toBeUndefined();
  });

  test.each(['{"__proto__":{"isAdmin":true},"a":1}', '{"\\u005f_proto__":{"isAdmin":true},"a":1}'])(
    "%s pollutes nothing",
    (text) => {
      const session = parseSessionText(text);
      expect(session).toEqual({ a: 1 });
      expect(Object.hasOwn(session ?? {}, "__proto__")).toBe(false);
      expect(Reflect.get({ ...session }, "isAdmin")).toBeUndefined();
    },
  );
});
