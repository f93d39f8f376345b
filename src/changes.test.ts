import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChanges, carryUnknownKeys, copyOf, equalData, isCopyOf } from "./changes.js";
import type { SessionDict } from "./types.js";

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

describe("copyOf", () => {
  test("is equal, and has nothing in common", () => {
    const session = { a: { b: [1, null, { c: "d" }] }, at: new Date(0), no: false };
    const copy = copyOf(session);
    expect(copy).toEqual(session);
    expect(isCopyOf(copy, session)).toBe(true);
    session.at.setTime(1);
    expect(isCopyOf(copy, session)).toBe(false);
    expect(copy?.["at"]).toEqual(new Date(0));
  });

  test.each([
    ["undefined", { a: undefined }],
    ["a map", { a: [new Map()] }],
    ["a date of one's own kind", { a: new (class Day extends Date {})() }],
    ["an instance", { a: { b: new (class {})() } }],
    ["a function", { a: () => 1 }],
    ["a bigint", { a: 1n }],
    ["a key that is no name for data", JSON.parse('{"a":{"__proto__":1}}')],
    ["what contains itself", cyclic()],
  ])("%s is not copied", (_, session) => {
    expect(copyOf(session)).toBeUndefined();
  });
});

function cyclic(): SessionDict {
  const session: SessionDict = {};
  session["self"] = { session };
  return session;
}

describe("isCopyOf", () => {
  test("a copy is one until one of its values changes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), fc.jsonValue(), (data, at, other) => {
        // A key with this name would be dropped when a session is parsed.
        fc.pre(!JSON.stringify([data, other]).includes("__proto__"));
        const text = JSON.stringify({ data });
        const copy = JSON.parse(text);
        expect(isCopyOf(JSON.parse(text), copy)).toBe(true);
        changeOne(copy, at, other);
        expect(isCopyOf(JSON.parse(text), copy)).toBe(equalData(JSON.parse(text), copy));
      }),
    );
  });

  test.each([
    ["a key more", { a: 1 }, { a: 1, b: 2 }],
    ["a key less", { a: 1, b: 2 }, { a: 1 }],
    ["another key", { a: 1 }, { b: 1 }],
    ["a key that is undefined", { a: 1 }, { a: 1, b: undefined }],
    ["an item more", { a: [1] }, { a: [1, 2] }],
    ["an item less", { a: [1, 2] }, { a: [1] }],
    ["an array for an object", { a: {} }, { a: [] }],
    ["an object for an array", { a: [] }, { a: {} }],
    ["null for an object", { a: {} }, { a: null }],
    ["NaN for null", { a: null }, { a: Number.NaN }],
    ["a date for its text", { a: new Date(0).toJSON() }, { a: new Date(0) }],
    ["a map for an object", { a: {} }, { a: new Map([[1, 2]]) }],
    [
      "an instance for an object",
      { a: { b: 1 } },
      {
        a: new (class {
          b = 1;
        })(),
      },
    ],
  ])("%s is no copy", (_, data, value) => {
    expect(isCopyOf(data, value)).toBe(false);
  });

  test("what has an object in common is no copy", () => {
    const data = { a: { b: [1] } };
    expect(isCopyOf(data, data)).toBe(false);
    expect(isCopyOf(data, { a: data.a })).toBe(false);
    expect(isCopyOf(data, { a: { b: data.a.b } })).toBe(false);
    expect(isCopyOf(data, { a: { b: [1] } })).toBe(true);
  });
});

/** Gives another value to one place in plain data, wherever it is. */
function changeOne(data: unknown, at: number, other: unknown): void {
  const places: (() => void)[] = [];
  const visit = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node)) {
      places.push(() => Reflect.set(node, key, other));
      visit(Reflect.get(node, key));
    }
  };
  visit(data);
  places[at % places.length]?.();
}

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
