import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SessionConfigError } from "../errors.js";
import { MemoryStore } from "./memory.js";
import { withNamespace } from "./namespace.js";
import { describeStore } from "./store-conformance.js";

describeStore("MemoryStore", { create: (clock) => new MemoryStore({ clock }) });
describeStore("a namespace of a MemoryStore", { create: (clock) => withNamespace(new MemoryStore({ clock }), "app:") });

/** Up to 60: by itself, fast-check makes lists of ten at most. */
const manyOf = <T>(step: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(step, { maxLength: 60, size: "max" });

describe("MemoryStore", () => {
  test("never holds more than it may: what was written longest ago goes first", () => {
    const store = new MemoryStore({ maxEntries: 2 });
    store.set("a", "1", 60);
    store.set("b", "2", 60);
    store.renew("a", 60);
    store.set("c", "3", 60);
    expect([store.get("a")?.value, store.get("b"), store.get("c")?.value]).toEqual(["1", null, "3"]);
  });

  test("entries that ended make room without being asked for", () => {
    let now = 0;
    const store = new MemoryStore({ clock: () => now, maxEntries: 3 });
    store.set("long", "1", 1000);
    store.set("short", "2", 1);
    store.renew("long", 1000);
    now = 2000;
    store.set("a", "3", 1000);
    store.set("b", "4", 1000);
    expect(["long", "short", "a", "b"].map((key) => store.get(key)?.value)).toEqual(["1", undefined, "3", "4"]);
  });

  test("is swept by its own writes, however long other entries live and whatever was written first", () => {
    let now = 0;
    const store = new MemoryStore({ clock: () => now });
    store.set("long", "1", 1_000_000, { group: "user" });
    for (let index = 0; index < 1000; index += 1) store.set(`short ${index}`, "1", 1, { group: `user ${index}` });
    now = 5000;
    for (let index = 0; index < 1000; index += 1) store.set("long", "1", 1_000_000, { group: "user" });
    expect(store.size).toBe(1);
    expect(store.keysOf("user")).toEqual(["long"]);
    expect(store.keysOf("user 7")).toEqual([]);
  });

  test("holds exactly what was written or renewed last, whatever is done to it", () => {
    const key = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const step = fc.record({
      does: fc.constantFrom("set", "renew", "delete", "get"),
      key,
      group: fc.constantFrom("x", "y"),
    });
    fc.assert(
      fc.property(manyOf(step), fc.integer({ min: 1, max: 5 }), (steps, maxEntries) => {
        const store = new MemoryStore({ maxEntries });
        // In the order of the last write or renewal.
        const model = new Map<string, { value: string; group: string }>();
        for (const [index, { does, key, group }] of steps.entries()) {
          const present = model.get(key);
          if (does === "set") store.set(key, `${index}`, 60, { group });
          if (does === "renew") expect(store.renew(key, 60)).toBe(present !== undefined);
          if (does === "delete") store.delete(key);
          const changed = does === "set" ? { value: `${index}`, group } : does === "renew" ? present : undefined;
          if (does !== "get") model.delete(key);
          if (changed !== undefined) model.set(key, changed);
          for (const oldest of model.keys()) if (model.size > maxEntries) model.delete(oldest);
          expect(store.size).toBe(model.size);
          for (const { key } of steps) expect(store.get(key)?.value).toBe(model.get(key)?.value);
          for (const group of ["x", "y"]) {
            const members = [...model].filter(([, entry]) => entry.group === group).map(([key]) => key);
            expect([...store.keysOf(group)].sort()).toEqual(members.sort());
          }
        }
      }),
    );
  });

  test("what has ended is gone after twice as many writes as there were entries, whatever is done meanwhile", () => {
    const key = fc.nat(20).map(String);
    const early = fc.record({
      does: fc.constantFrom("set", "renew", "delete"),
      key,
      expiresIn: fc.constantFrom(1, 1000),
    });
    const late = fc.record({ does: fc.constantFrom("set", "delete"), key: fc.nat(40).map((index) => `late ${index}`) });
    fc.assert(
      fc.property(manyOf(early), manyOf(late), (before, after) => {
        let now = 0;
        const store = new MemoryStore({ clock: () => now });
        for (const { does, key, expiresIn } of before) {
          if (does === "set") store.set(key, "1", expiresIn, { group: key });
          else if (does === "renew") store.renew(key, expiresIn);
          else store.delete(key);
        }
        now = 5000;
        const enough = 2 * store.size;
        let writes = 0;
        for (const { does, key } of after) {
          if (does === "delete") store.delete(key);
          else store.set(key, "1", 1000);
          writes += does === "set" ? 1 : 0;
        }
        const added = Array.from({ length: Math.max(0, enough - writes) }, (_, index) => `added ${index}`);
        for (const key of added) store.set(key, "1", 1000);
        // To ask for those that have ended removes them.
        const swept = store.size;
        const keys = new Set([...added, ...[...before, ...after].map(({ key }) => key)]);
        expect(swept).toBe([...keys].filter((key) => store.get(key) !== null).length);
      }),
    );
  });

  test("no operation looks at more entries in a full store than in one of two", () => {
    const looksOf = (entries: number): Record<string, number> => {
      let looks = 0;
      // Who looks at an entry compares its end with the time.
      const store = new MemoryStore({ maxEntries: entries, clock: () => (looks += 1) });
      for (let index = 0; index < entries; index += 1) store.set(`${index}`, "1", 1e9, { group: "all" });
      const count = (operate: () => unknown): number => {
        looks = 0;
        operate();
        return looks;
      };
      return {
        get: count(() => store.get("1")),
        renew: count(() => store.renew("0", 1e9)),
        overwrite: count(() => store.set("0", "2", 1e9, { group: "all" })),
        evict: count(() => store.set("another", "1", 1e9, { group: "all" })),
        delete: count(() => store.delete("another")),
      };
    };
    expect(looksOf(10_000)).toEqual(looksOf(2));
  });

  test("an entry that was handed out stays as it was", () => {
    const store = new MemoryStore({ clock: () => 0 });
    const written = store.set("key", "1", 60);
    const read = store.get("key");
    store.set("key", "2", 60);
    store.renew("key", 120);
    expect(read).toEqual(written);
    expect(read).toMatchObject({ value: "1", expiresAt: 60_000 });
  });

  test.each([0, -1, 1.5, Number.NaN])("maxEntries %d is refused", (maxEntries) => {
    expect(() => new MemoryStore({ maxEntries })).toThrow(SessionConfigError);
  });
});

test("two namespaces of one store are apart", async () => {
  const store = new MemoryStore();
  const [first, second] = [withNamespace(store, "a:"), withNamespace(store, "b:")];
  await first.set("key", "1", 60);
  expect(await second.get("key")).toBeNull();
  await second.set("key", "2", 60);
  await second.delete("key");
  expect((await first.get("key"))?.value).toBe("1");
});
