import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode, unlessAbsent } from "./file-errors.js";

/** Which keys were written with which group: a folder for each group, and in it a file for each key that holds it. */
export interface FileGroups {
  /** Notes that a key belongs to a group. */
  add(group: string, key: string): Promise<void>;
  keysOf(group: string): Promise<readonly string[]>;
  /** Forgets the keys that `isStored` does not know. */
  removeUnless(isStored: (key: string) => Promise<boolean>): Promise<void>;
}

export function createFileGroups(folder: string): FileGroups {
  const groupFolder = (group: string) => join(folder, hash(group));

  async function add(group: string, key: string): Promise<void> {
    const path = join(groupFolder(group), hash(key));
    try {
      await writeFile(path, key, { flag: "wx" });
    } catch (error) {
      if (hasCode(error, "EEXIST")) return;
      if (!hasCode(error, "ENOENT")) throw error;
      await mkdir(groupFolder(group), { recursive: true });
      return add(group, key);
    }
  }

  async function removeFrom(path: string, isStored: (key: string) => Promise<boolean>): Promise<void> {
    for (const { file, key } of await listKeys(path)) {
      if (await isStored(key)) continue;
      await rm(file, { force: true });
      // Made meanwhile: its writer notes the group before and after, and one of the two sees the other.
      if (await isStored(key)) await writeFile(file, key);
    }
  }

  return {
    add,
    keysOf: async (group) => (await listKeys(groupFolder(group))).map(({ key }) => key),
    removeUnless: async (isStored) => {
      const groups = (await unlessAbsent(readdir(folder))) ?? [];
      for (const group of groups) await removeFrom(join(folder, group), isStored);
    },
  };
}

async function listKeys(folder: string): Promise<readonly { readonly file: string; readonly key: string }[]> {
  const names = (await unlessAbsent(readdir(folder))) ?? [];
  const listed = names.map(async (name) => {
    const file = join(folder, name);
    const key = await unlessAbsent(readFile(file, "utf8"));
    // A file is empty for a moment while it is written: its entry comes after it.
    return key === null || key === "" ? [] : [{ file, key }];
  });
  return (await Promise.all(listed)).flat();
}

function hash(name: string): string {
  return createHash("sha256").update(name).digest("hex");
}
