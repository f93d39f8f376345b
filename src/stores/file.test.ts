import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SessionConfigError, SessionStoreError } from "../errors.js";
import { FileStore } from "./file.js";
import { describeStore } from "./store-conformance.js";

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "typed-session-store-"));
  folders.push(folder);
  return folder;
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describeStore("FileStore", { create: async (clock) => new FileStore({ folder: await newFolder(), clock }) });
describeStore("FileStore with fsync", {
  create: async (clock) => new FileStore({ folder: await newFolder(), fsync: true, clock }),
});

describe("FileStore", () => {
  test("another store on the same folder reads what one wrote", async () => {
    const folder = join(await newFolder(), "made", "on", "demand");
    await new FileStore({ folder }).set("key", "1", 60);
    expect((await new FileStore({ folder }).get("key"))?.value).toBe("1");
  });

  test("leaves one file per entry, and nothing of deleted ones", async () => {
    const folder = await newFolder();
    const store = new FileStore({ folder });
    for (const value of ["1", "2", "3"]) await store.set("key", value, 60);
    await store.set("other", "1", 60);
    await store.delete("other");
    expect(await readdir(folder, { recursive: true })).toHaveLength(2);
  });

  test("removes what has ended when asked to", async () => {
    let now = 0;
    const folder = await newFolder();
    const store = new FileStore({ folder, clock: () => now });
    await store.set("short", "1", 1);
    await store.set("long", "2", 1000);
    now = 2000;
    expect(await store.deleteExpired()).toBe(1);
    expect(await readdir(folder)).toHaveLength(1);
    expect((await store.get("long"))?.value).toBe("2");
  });

  test("forgets the groups of what has ended", async () => {
    let now = 0;
    const folder = await newFolder();
    const store = new FileStore({ folder, clock: () => now });
    await store.set("short", "1", 1, { group: "user" });
    await store.set("long", "2", 1000, { group: "user" });
    now = 2000;
    await store.deleteExpired();
    expect(await store.keysOf("user")).toEqual(["long"]);
  });

  test("a file that it did not write is an error that names the file, never an empty session", async () => {
    const folder = await newFolder();
    const store = new FileStore({ folder });
    await store.set("key", "1", 60);
    const [entry = "", state = ""] = (await readdir(folder, { recursive: true })).sort();
    await writeFile(join(folder, state), "garbage");
    await expect(store.get("key")).rejects.toThrow(SessionStoreError);
    await expect(store.get("key")).rejects.toThrow(entry);
  });

  test("a folder that can't be used is an error, never an empty session", async () => {
    const file = join(await newFolder(), "file");
    await writeFile(file, "");
    await expect(new FileStore({ folder: file }).get("key")).rejects.toThrow("ENOTDIR");
    await expect(new FileStore({ folder: file }).set("key", "1", 60)).rejects.toThrow("ENOTDIR");
  });

  test("a missing folder option is refused", () => {
    expect(() => new FileStore({ folder: "" })).toThrow(SessionConfigError);
  });

  test("no increment is lost between processes", async () => {
    const folder = await newFolder();
    const store = new FileStore({ folder });
    await store.set("count", "0", 3600);
    const children = Array.from({ length: 4 }, () => fork(incrementer, [folder]));
    const exits = children.map((child) => once(child, "exit"));
    let untold = 0;
    for (const child of children) child.on("message", (message) => (untold += untoldIn(message)));
    expect(await Promise.all(exits)).toEqual(children.map(() => [0, null]));
    const count = Number((await store.get("count"))?.value);
    expect(count).toBeLessThanOrEqual(400);
    expect(count).toBeGreaterThanOrEqual(400 - untold);
  });

  test("a process killed on the way leaves a whole entry, and holds up nobody", async () => {
    const folder = await newFolder();
    const store = new FileStore({ folder });
    await store.set("count", "0", 3600);
    const victim = fork(incrementer, [folder, "forever"]);
    await once(victim, "message");
    victim.kill("SIGKILL");
    await once(victim, "exit");
    const read = await store.get("count");
    expect(Number(read?.value)).toBeGreaterThan(10);
    expect(await store.set("count", "on", 60, { when: "unchanged", token: read?.token ?? "" })).not.toBeNull();
  });
});

/** How many writes a process was told of that the store can't say whether they were kept. */
function untoldIn(message: unknown): number {
  const { untold }: { untold?: unknown } = Object(message);
  return typeof untold === "number" ? untold : 0;
}

const incrementer = new URL("file.increment.fixture.mjs", import.meta.url);
