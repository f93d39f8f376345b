import { describe, expect, test } from "vitest";
import type { Store } from "./base.js";

/** What the suite needs of a kind of store. */
export interface StoreUnderTest {
  /** A new, empty store that takes its time from `clock`, in milliseconds since 1970. */
  create(clock: () => number): Store | Promise<Store>;
}

/** The contract of {@link Store}, as tests. Every store of this library passes it; so should yours. */
export function describeStore(name: string, { create }: StoreUnderTest): void {
  async function open(): Promise<{ store: Store; pass: (seconds: number) => void }> {
    let now = Date.UTC(2030, 0, 1);
    const store = await create(() => now);
    return {
      store,
      pass: (seconds) => {
        now += seconds * 1000;
      },
    };
  }

  describe(`${name} keeps the contract of a store`, () => {
    test("an unknown key is absent", async () => {
      const { store } = await open();
      expect(await store.get("nobody")).toBeNull();
      expect(await store.renew("nobody", 60)).toBe(false);
      expect(await store.delete("nobody")).toBe(true);
    });

    test("what was written is read, whatever the value and the key", async () => {
      const { store } = await open();
      const values = ["", "text", "two\nlines\n", '{"a":"ä€😀"}', "x".repeat(200_000)];
      const keys = ["plain", "a/../../b", "..", "con:1", "ä€😀", "k".repeat(5_000)];
      for (const key of keys) {
        for (const value of values) {
          await store.set(key, value, 60);
          expect((await store.get(key))?.value).toBe(value);
        }
      }
      expect((await store.get("plain"))?.value).toBe(values.at(-1));
    });

    test("keys are apart from groups, whatever their names", async () => {
      const { store } = await open();
      if (store.keysOf === undefined) return;
      const keys = ["user", "group:user", "key:group:user", "key:user", ".groups"];
      for (const key of keys) await store.set(key, key, 60, { group: "user" });
      for (const key of keys) expect((await store.get(key))?.value).toBe(key);
      await store.delete("group:user");
      expect(await store.keysOf("user")).toEqual(expect.arrayContaining(["user", "key:group:user", "key:user"]));
    });

    test("keys are apart", async () => {
      const { store } = await open();
      await store.set("a", "1", 60);
      await store.set("A", "2", 60);
      await store.delete("a");
      expect(await store.get("a")).toBeNull();
      expect((await store.get("A"))?.value).toBe("2");
    });

    test("`set` returns what is stored now", async () => {
      const { store } = await open();
      const written = await store.set("key", "1", 60);
      expect(written).toEqual(await store.get("key"));
      expect(written?.value).toBe("1");
    });

    test("`absent` writes only where nothing is stored", async () => {
      const { store, pass } = await open();
      expect(await store.set("key", "1", 60, { when: "absent" })).not.toBeNull();
      expect(await store.set("key", "2", 60, { when: "absent" })).toBeNull();
      expect((await store.get("key"))?.value).toBe("1");
      pass(61);
      expect(await store.set("key", "3", 60, { when: "absent" })).not.toBeNull();
      expect((await store.get("key"))?.value).toBe("3");
    });

    test("`unchanged` writes only over what was read", async () => {
      const { store } = await open();
      const first = await store.set("key", "1", 60);
      const condition = { when: "unchanged", token: first?.token ?? "" } as const;
      expect((await store.set("key", "2", 60, condition))?.value).toBe("2");
      expect(await store.set("key", "3", 60, condition)).toBeNull();
      expect((await store.get("key"))?.value).toBe("2");
    });

    test("`present` writes only where something is stored", async () => {
      const { store, pass } = await open();
      expect(await store.set("key", "1", 60, { when: "present" })).toBeNull();
      expect(await store.get("key")).toBeNull();
      await store.set("key", "2", 60);
      expect((await store.set("key", "3", 60, { when: "present" }))?.value).toBe("3");
      pass(60);
      expect(await store.set("key", "4", 60, { when: "present" })).toBeNull();
      await store.set("key", "5", 60);
      await store.delete("key");
      expect(await store.set("key", "6", 60, { when: "present" })).toBeNull();
      expect(await store.get("key")).toBeNull();
    });

    test("a value written again is changed, even if it is the same", async () => {
      const { store } = await open();
      const first = await store.set("key", "1", 60);
      await store.set("key", "1", 60);
      expect(await store.set("key", "2", 60, { when: "unchanged", token: first?.token ?? "" })).toBeNull();
    });

    test("a writer far behind writes nothing, whatever was removed meanwhile", async () => {
      const { store } = await open();
      const first = await store.set("key", "1", 60);
      for (const value of ["2", "3", "4", "5"]) await store.set("key", value, 60);
      expect(await store.set("key", "late", 60, { when: "unchanged", token: first?.token ?? "" })).toBeNull();
      expect((await store.get("key"))?.value).toBe("5");
    });

    test("a deleted key stays deleted: writers under way fail", async () => {
      const { store } = await open();
      const read = await store.set("key", "1", 60);
      expect(await store.delete("key")).toBe(true);
      expect(await store.set("key", "2", 60, { when: "unchanged", token: read?.token ?? "" })).toBeNull();
      expect(await store.renew("key", 60)).toBe(false);
      expect(await store.get("key")).toBeNull();
    });

    test("a key that was deleted and made again is another one", async () => {
      const { store } = await open();
      const read = await store.set("key", "1", 60);
      await store.delete("key");
      await store.set("key", "2", 60);
      expect(await store.set("key", "3", 60, { when: "unchanged", token: read?.token ?? "" })).toBeNull();
      expect((await store.get("key"))?.value).toBe("2");
    });

    test("`delete` with `unchanged` removes only what was read", async () => {
      const { store } = await open();
      const first = await store.set("key", "1", 60);
      const second = await store.set("key", "2", 60);
      expect(await store.delete("key", { when: "unchanged", token: first?.token ?? "" })).toBe(false);
      expect((await store.get("key"))?.value).toBe("2");
      expect(await store.delete("key", { when: "unchanged", token: second?.token ?? "" })).toBe(true);
      expect(await store.get("key")).toBeNull();
    });

    test("an entry ends at its second, not before", async () => {
      const { store, pass } = await open();
      const written = await store.set("key", "1", 60);
      pass(59);
      expect(await store.get("key")).toEqual(written);
      pass(1);
      expect(await store.get("key")).toBeNull();
      expect(await store.renew("key", 60)).toBe(false);
      expect(await store.set("key", "2", 60, { when: "unchanged", token: written?.token ?? "" })).toBeNull();
    });

    test("a renewed entry lives on, unchanged", async () => {
      const { store, pass } = await open();
      await store.set("key", "1", 60);
      pass(50);
      expect(await store.renew("key", 60)).toBe(true);
      pass(50);
      expect((await store.get("key"))?.value).toBe("1");
      pass(10);
      expect(await store.get("key")).toBeNull();
    });

    test("keys are found by their group exactly where the store says so", async () => {
      const { store } = await open();
      expect(store.keysOf !== undefined).toBe(store.capabilities.groups);
      if (store.keysOf === undefined) return;
      expect(await store.keysOf("user 1")).toEqual([]);
      await store.set("a", "1", 60, { group: "user 1" });
      await store.set("b", "1", 60, { when: "absent", group: "user 1" });
      await store.set("c", "1", 60, { group: "user 2" });
      await store.set("d", "1", 60);
      expect([...(await store.keysOf("user 1"))].sort()).toEqual(["a", "b"]);
      expect(await store.keysOf("user 2")).toEqual(["c"]);
    });

    test("a key stays in its group as long as it lives, and one that joins later is found too", async () => {
      const { store, pass } = await open();
      if (store.keysOf === undefined) return;
      await store.set("renewed", "1", 60, { group: "user" });
      await store.set("late", "1", 60);
      pass(50);
      expect(await store.renew("renewed", 60, "user")).toBe(true);
      await store.set("late", "2", 60, { when: "present", group: "user" });
      await store.set("another", "1", 5, { group: "user" });
      pass(50);
      expect(await store.keysOf("user")).toEqual(expect.arrayContaining(["late", "renewed"]));
    });

    test("a write that is refused takes no key out of its group, however soon it would have ended", async () => {
      const { store, pass } = await open();
      if (store.keysOf === undefined) return;
      await store.set("key", "1", 60, { group: "user" });
      expect(await store.set("key", "2", 5, { when: "absent", group: "user" })).toBeNull();
      pass(10);
      await store.set("another", "1", 60, { group: "user" });
      expect([...(await store.keysOf("user"))].sort()).toEqual(["another", "key"]);
    });

    test("of many writers that read the same, one wins", async () => {
      const { store } = await open();
      const read = await store.set("key", "0", 60);
      const condition = { when: "unchanged", token: read?.token ?? "" } as const;
      const values = Array.from({ length: 20 }, (_, index) => `writer ${index}`);
      const written = await Promise.all(values.map((value) => store.set("key", value, 60, condition)));
      const winners = written.filter((entry) => entry !== null);
      expect(winners).toHaveLength(1);
      expect(await store.get("key")).toEqual(winners[0]);
    });

    test("of many that create a key, one wins", async () => {
      const { store } = await open();
      const values = Array.from({ length: 20 }, (_, index) => `writer ${index}`);
      const written = await Promise.all(values.map((value) => store.set("key", value, 60, { when: "absent" })));
      expect(written.filter((entry) => entry !== null)).toHaveLength(1);
    });

    test("no increment is lost under compare-and-set", async () => {
      const { store } = await open();
      await store.set("count", "0", 60);
      async function increment(): Promise<void> {
        for (;;) {
          const read = await store.get("count");
          if (read === null) throw new Error("The counter is gone");
          const condition = { when: "unchanged", token: read.token } as const;
          if ((await store.set("count", String(Number(read.value) + 1), 60, condition)) !== null) return;
        }
      }
      await Promise.all(Array.from({ length: 25 }, increment));
      expect((await store.get("count"))?.value).toBe("25");
    });
  });
}
