import { describe, expect, test } from "vitest";
import { SessionConfigError } from "../errors.js";
import { MemoryStore } from "./memory.js";
import { withNamespace } from "./namespace.js";
import { describeStore } from "./store-conformance.js";

describeStore("MemoryStore", { create: (clock) => new MemoryStore({ clock }) });
describeStore("a namespace of a MemoryStore", { create: (clock) => withNamespace(new MemoryStore({ clock }), "app:") });

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
