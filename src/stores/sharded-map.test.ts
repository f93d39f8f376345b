import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ShardedMap, shardOf } from "./sharded-map.js";

const hex = (index: number): string => createHash("sha256").update(String(index)).digest("hex");

/** Keys and groups as applications have them: told apart by their beginning, their end or all of them. */
const kinds: Record<string, (index: number) => string> = {
  "session ids": hex,
  "session ids in a namespace": (index) => `application:${hex(index)}`,
  numbers: String,
  "numbers behind a prefix": (index) => `https://accounts.example.com/users/${index}`,
  "numbers before a suffix": (index) => `${index}@customers.of-a-long-name.example.com`,
  "numbers of one length": (index) => String(index).padStart(12, "0"),
  UUIDs: (index) => hex(index).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5"),
  "UUIDs of one hour": (index) => `0198a000-${hex(index).replace(/^(.{4})(.{3})(.{3})(.{12}).*/, "$1-7$2-8$3-$4")}`,
  "other scripts": (index) => String.fromCodePoint(0x4e00 + (index % 5000), 0x4e00 + (index >> 4)),
};

describe("a sharded map", () => {
  test("is a map, whatever the keys", () => {
    const key = fc.oneof(fc.string({ unit: "binary", maxLength: 3 }), fc.constantFrom("", "__proto__", "\ud800", "a"));
    const step = fc.record({ does: fc.constantFrom("set", "delete"), key, value: fc.integer() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        const map = new ShardedMap<number>();
        const model = new Map<string, number>();
        for (const { does, key, value } of steps) {
          if (does === "set") map.set(key, value);
          else map.delete(key);
          if (does === "set") model.set(key, value);
          else model.delete(key);
          expect(map.size).toBe(model.size);
        }
        for (const { key } of steps) expect(map.get(key)).toBe(model.get(key));
      }),
    );
  });

  test.each(Object.entries(kinds))("%s: no shard gets twice its share", (_kind, keyOf) => {
    const shards = Array.from({ length: 256 }, () => 0);
    const share = 60;
    for (let index = 0; index < share * shards.length; index += 1) {
      const shard = shardOf(keyOf(index));
      shards[shard] = (shards[shard] ?? Number.NaN) + 1;
    }
    expect(shards).toHaveLength(256);
    expect(Math.max(...shards)).toBeLessThan(2 * share);
  });
});
