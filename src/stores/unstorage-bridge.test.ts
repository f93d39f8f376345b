import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStorage, prefixStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import memoryDriver from "unstorage/drivers/memory";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { SessionConfigError, SessionStoreError } from "../errors.js";
import type { Store } from "./base.js";
import { closedGate, settled } from "./gate.fixture.js";
import { describeStore } from "./store-conformance.js";
import { fromUnstorage, type UnstorageItems } from "./unstorage-bridge.js";

const key = "a".repeat(64);
const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "typed-session-unstorage-"));
  folders.push(folder);
  return folder;
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describeStore("a bridge to unstorage's memory driver", {
  create: (clock) => fromUnstorage(memoryDriver(), { clock }),
});
describeStore("a bridge to unstorage's fs driver", {
  create: async (clock) => fromUnstorage(fsDriver({ base: await newFolder() }), { clock }),
});
describeStore("a bridge to a storage of unstorage", {
  create: (clock) => fromUnstorage(createStorage(), { clock }),
});
describeStore("a bridge to a part of a storage on the fs driver", {
  create: async (clock) => {
    const storage = createStorage({ driver: fsDriver({ base: await newFolder() }) });
    return fromUnstorage(prefixStorage(storage, "sessions"), { clock });
  },
});

/** A driver in memory that answers at once. */
function mapDriver(overrides: Partial<UnstorageItems> = {}) {
  const texts = new Map<string, string>();
  const items = {
    getItem: (name: string): unknown => texts.get(name) ?? null,
    setItem: (name: string, text: string): unknown => texts.set(name, text),
    removeItem: (name: string): unknown => texts.delete(name),
    ...overrides,
  };
  return { texts, items };
}

const operations: Record<keyof UnstorageItems, (store: Store) => unknown> = {
  getItem: (store) => store.get(key),
  setItem: (store) => store.set(key, "1", 60),
  removeItem: (store) => store.delete(key),
};
const methods = ["getItem", "setItem", "removeItem"] as const;

describe("fromUnstorage", () => {
  test("does not claim to guard one process against another", () => {
    expect(fromUnstorage(mapDriver().items).capabilities).toEqual({ compareAndSet: "this process", groups: false });
  });

  test("tells drivers how long an entry lives, in whole seconds", async () => {
    const setItem = vi.fn();
    const { items } = mapDriver({ getItem: () => "9999999999999 token 1\n1", setItem });
    const store = fromUnstorage(items);
    await store.set(key, "1", 59.2);
    await store.renew(key, 600);
    expect(setItem.mock.calls.map(([name, , options]) => [name, options])).toEqual([
      [key, { ttl: 60 }],
      [key, { ttl: 600 }],
    ]);
  });

  test("gives drivers names that all of them take, and different ones for different keys", async () => {
    const { texts, items } = mapDriver();
    const store = fromUnstorage(items);
    const keys = ["a:b", "a/b", "a", "A", "..", "con", "", "x".repeat(5000), key.toUpperCase(), key];
    for (const each of keys) await store.set(each, each, 60);
    for (const each of keys) expect((await store.get(each))?.value).toBe(each);
    expect([...texts.keys()].filter((name) => !/^[a-z0-9]{64,65}$/.test(name))).toEqual([]);
  });

  test("keeps the name of a session as it is, and no other key can take it", async () => {
    const { texts, items } = mapDriver();
    const store = fromUnstorage(items);
    await store.set("user:1", "1", 60);
    const [name = ""] = texts.keys();
    await store.set(name, "2", 60);
    await store.set(name.slice(1), "3", 60);
    await store.set(key, "4", 60);
    expect((await store.get("user:1"))?.value).toBe("1");
    expect([...texts.keys()].at(-1)).toBe(key);
  });

  test("values that look like JSON come back as they were", async () => {
    const store = fromUnstorage(createStorage());
    for (const value of ["null", "true", "1", '{"__proto__":1}', "[1]", '"text"', "", " ", "base64:AA=="]) {
      await store.set(key, value, 60);
      expect((await store.get(key))?.value).toBe(value);
    }
  });

  test("a request that reads while another writes gets the whole old session or the whole new one", async () => {
    const gate = closedGate();
    const { texts, items } = mapDriver();
    const store = fromUnstorage({
      ...items,
      setItem: async (name, text) => {
        texts.set(name, text.slice(0, 20));
        await gate.passed;
        texts.set(name, text);
      },
    });
    const writing = store.set(key, "value", 60);
    await settled();
    const reading = store.get(key);
    gate.open();
    expect(await reading).toEqual(await writing);
  });

  test.each([
    ["another program wrote", "text"],
    ["another program wrote as JSON", { userId: "u" }],
    ["another process has begun to write", ""],
    ["another process has written half of", "9999999999999 token 9\nhalf"],
  ])("what %s is an error that names the key, never an absent session", async (_who, stored) => {
    const store = fromUnstorage(mapDriver({ getItem: () => stored }).items);
    for (const operation of [() => store.get(key), () => store.renew(key, 60)]) {
      await expect(operation()).rejects.toThrow(SessionStoreError);
      await expect(operation()).rejects.toThrow(`under ${key} that typed-session did not write`);
    }
  });

  test.each([null, undefined])("%s is an absent session", async (answer) => {
    expect(await fromUnstorage(mapDriver({ getItem: () => answer }).items).get(key)).toBeNull();
  });

  describe.each(methods)("a failing `%s`", (method) => {
    const failure = new Error("The driver is down");
    test.each([
      [
        "throws",
        () => {
          throw failure;
        },
      ],
      ["rejects", () => Promise.reject(failure)],
      ["answers with an error", () => Promise.resolve(failure)],
    ])("that %s is an error with its cause", async (_how, fail) => {
      const operation = async () => operations[method](fromUnstorage(mapDriver({ [method]: fail }).items));
      await expect(operation()).rejects.toThrow(SessionStoreError);
      await expect(operation()).rejects.toMatchObject({ cause: failure });
    });
  });

  test("what the fs driver can't read is an error, never an absent session", async () => {
    const base = join(await newFolder(), "file");
    await writeFile(base, "");
    await expect(fromUnstorage(fsDriver({ base })).get(key)).rejects.toMatchObject({ cause: { code: "ENOTDIR" } });
  });

  test("a storage that takes writes and drops them is an error at the first one", async () => {
    const base = await newFolder();
    const store = fromUnstorage(createStorage({ driver: fsDriver({ base, readOnly: true }) }));
    await expect(store.set(key, "1", 60)).rejects.toThrow("did not keep");
    await expect(store.set(key, "1", 60)).rejects.toThrow("did not keep");
  });

  test("a storage that removes nothing fails the logout", async () => {
    const base = await newFolder();
    await fromUnstorage(fsDriver({ base })).set(key, "1", 60);
    const store = fromUnstorage(createStorage({ driver: fsDriver({ base, readOnly: true }) }));
    await expect(store.delete(key)).rejects.toThrow("still holds");
  });

  test("leaves nothing behind of what it removed", async () => {
    const base = await newFolder();
    const store = fromUnstorage(fsDriver({ base }));
    await store.set(key, "1", 60);
    expect(await readdir(base)).toEqual([key]);
    await store.delete(key);
    expect(await readdir(base)).toEqual([]);
  });

  test("a driver that can't write is refused", () => {
    const { getItem } = mapDriver().items;
    expect(() => fromUnstorage({ getItem })).toThrow(SessionConfigError);
  });
});

describe("a driver that does not answer", () => {
  afterEach(() => void vi.useRealTimers());

  test.each(methods)("is an error after the timeout: `%s`", async (method) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { items } = mapDriver({ [method]: () => new Promise(() => undefined) });
    const operation = async () => operations[method](fromUnstorage(items, { timeout: 2 }));
    const failed = expect(operation()).rejects.toThrow(`did not answer for ${key} within 2 seconds`);
    await vi.advanceTimersByTimeAsync(2000);
    await failed;
  });
});
