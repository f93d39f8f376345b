import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChanges, carryUnknownKeys, equalData } from "./changes.js";

const key = fc.constantFrom("a", "b", "c", "d", "constructor", "toString");
const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(null, true, "x"),
    fc.array(tie("value"), { maxLength: 2 }),
    tie("object"),
  ),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
})).object as fc.Arbitrary<Record<string, unknown>>;

describe("applyChanges", () => {
  test("alone, a request gets exactly what it made", () => {
    fc.assert(
      fc.property(data, data, (base, mine) => {
        expect(applyChanges(base, base, mine)).toEqual(mine);
      }),
    );
  });

  test("a request that changed nothing leaves what others stored", () => {
    fc.assert(
      fc.property(data, data, (theirs, base) => {
        expect(applyChanges(theirs, base, structuredClone(base))).toEqual(theirs);
      }),
    );
  });

  test("of two requests that change different keys, both win, in either order", () => {
    fc.assert(
      fc.property(data, data, (base, changes) => {
        const first = { ...base, first: changes };
        const { a: _removed, ...second }: Record<string, unknown> = { ...base, second: 2 };
        const expected = { ...second, first: changes };
        expect(applyChanges(applyChanges(base, base, first), base, second)).toEqual(expected);
        expect(applyChanges(applyChanges(base, base, second), base, first)).toEqual(expected);
      }),
    );
  });

  test("different members of one nested object both win", () => {
    const base = { profile: { name: "a", city: "x" } };
    const theirs = { profile: { name: "b", city: "x", added: 1 } };
    const mine = { profile: { name: "a", city: "y" } };
    expect(applyChanges(theirs, base, mine)).toEqual({ profile: { name: "b", city: "y", added: 1 } });
  });

  test("the later of two changes of one key wins, and arrays are one value", () => {
    expect(applyChanges({ cart: [1, 2] }, { cart: [1] }, { cart: [1, 3] })).toEqual({ cart: [1, 3] });
  });

  test("inputs stay as they are", () => {
    fc.assert(
      fc.property(data, data, data, (theirs, base, mine) => {
        const before = structuredClone([theirs, base, mine]);
        applyChanges(theirs, base, mine);
        expect([theirs, base, mine]).toEqual(before);
      }),
    );
  });
});

describe("equalData", () => {
  test("the order of keys does not matter, everything else does", () => {
    expect(equalData({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(equalData({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(equalData([1, 2], [2, 1])).toBe(false);
    expect(equalData({}, [])).toBe(false);
    expect(equalData({ toString: 1 }, { valueOf: 1 })).toBe(false);
  });
});

describe("carryUnknownKeys", () => {
  test("gives back what a schema left out, in nested objects too, and overwrites nothing", () => {
    const session = { known: 1, nested: { known: 1 } };
    carryUnknownKeys({ known: 0, unknown: 2, nested: { known: 0, unknown: 3 }, constructor: 4 }, session);
    expect(session).toEqual({ known: 1, unknown: 2, nested: { known: 1, unknown: 3 }, constructor: 4 });
  });

  test("a key named __proto__ is no way into the prototype", () => {
    const session: Record<string, unknown> = {};
    carryUnknownKeys(JSON.parse('{"__proto__":{"isAdmin":true}}'), session);
    expect(session["isAdmin"]).toBeUndefined();
    expect(Object.getPrototypeOf(session)).toBe(Object.prototype);
  });
});
