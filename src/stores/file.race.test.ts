import type * as fs from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FileStore } from "./file.js";

/** What happens around the next `link`, the moment at which a state gets its place. */
const around: { before?: () => Promise<unknown>; after?: () => Promise<unknown> } = {};

vi.mock("node:fs/promises", async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  return {
    ...original,
    link: async (from: string, to: string) => {
      const { before, after } = around;
      delete around.before;
      delete around.after;
      await before?.();
      await original.link(from, to);
      await after?.();
    },
  };
});

let folder: string;
let store: FileStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typed-session-race-"));
  store = new FileStore({ folder });
  await store.set("key", "0", 60);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(...values: string[]): Promise<void> {
  for (const value of values) await new FileStore({ folder }).set("key", value, 60);
}

async function setUnchanged(value: string): Promise<string | undefined> {
  const token = (await store.get("key"))?.token ?? "";
  return (await store.set("key", value, 60, { when: "unchanged", token }))?.value;
}

test("a writer whose place was taken and freed again knows that it came too late", async () => {
  around.before = () => write("1", "2", "3");
  expect(await setUnchanged("late")).toBeUndefined();
  expect((await store.get("key"))?.value).toBe("3");
});

test("a writer that others have already built upon knows that it was in time", async () => {
  around.after = () => write("1", "2", "3");
  expect(await setUnchanged("in time")).toBe("in time");
  expect((await store.get("key"))?.value).toBe("3");
});

test("one that was overtaken by more states than are remembered says that it can't tell", async () => {
  around.after = () => write(...Array.from({ length: 40 }, (_, index) => `${index}`));
  await expect(setUnchanged("in time")).rejects.toThrow("can't tell whether it was kept");
});

test("an entry that was deleted in the middle of a write stays deleted", async () => {
  around.before = () => new FileStore({ folder }).delete("key");
  expect(await setUnchanged("late")).toBeUndefined();
  around.after = () => new FileStore({ folder }).delete("key");
  await write("again");
  expect(await setUnchanged("written, then deleted")).toBe("written, then deleted");
  expect(await store.get("key")).toBeNull();
});
