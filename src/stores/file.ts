import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SessionConfigError, SessionStoreError } from "../errors.js";
import { kindOf } from "../kind-of.js";
import { takeRandomBytes } from "../random-bytes.js";
import type { SetOptions, Store, StoreEntry, WhenUnchanged } from "./base.js";
import { isAllowed } from "./condition.js";
import { hasCode, unlessAbsent } from "./file-errors.js";
import { createFileGroups, type FileGroups } from "./file-groups.js";

/** What `FileStore` takes. */
export interface FileStoreOptions {
  /** The folder to keep entries in. It is made if it is not there. */
  readonly folder: string;
  /**
   * Whether a write waits until the disk has it, so that not even a power failure takes back what was answered. Default
   * false: the operating system writes within seconds, and a process that dies loses nothing.
   */
  readonly fsync?: boolean;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/** One state of an entry, as it stands in a file. */
interface State extends StoreEntry {
  /** Its number: the file's name. The highest is the current one. */
  readonly number: number;
  /** The tokens of this state and those before it, newest first. */
  readonly lineage: readonly string[];
}

/** How many states back a state knows its predecessors. */
const lineageLength = 32;

/**
 * Keeps entries as files, safe to share among the processes of one machine.
 *
 * An entry is a folder; each of its states is a file in it, named by its number. The next state is linked into place,
 * which the file system lets only one writer do: that is the compare-and-set, without locks. Older states are removed,
 * which frees their names again; so a writer that finds a later state beside its own asks that one's lineage whether it
 * came of it. Removing an entry renames its folder away, so that a slow writer has nowhere left to write.
 *
 * @example
 * ```ts
 * const store = new FileStore({ folder: "var/sessions" });
 * ```
 */
export class FileStore implements Store {
  /** What it can do: see `StoreCapabilities`. */
  readonly capabilities = { compareAndSet: "everywhere", groups: true } as const;
  readonly #folder: string;
  readonly #groups: FileGroups;
  readonly #fsync: boolean;
  readonly #clock: () => number;

  /** @throws SessionConfigError when `folder` is not a path. */
  constructor({ folder, fsync = false, clock = Date.now }: FileStoreOptions) {
    if (typeof folder !== "string" || folder === "") {
      const kind = folder === "" ? "an empty string" : kindOf(folder);
      throw new SessionConfigError("folder", `is ${kind}`, "Give the path of a folder.");
    }
    this.#folder = folder;
    this.#groups = createFileGroups(join(folder, ".groups"));
    this.#fsync = fsync;
    this.#clock = clock;
  }

  async get(key: string): Promise<StoreEntry | null> {
    const state = await this.#live(key);
    return state === null ? null : toEntry(state);
  }

  async set(key: string, value: string, expiresIn: number, options: SetOptions = {}): Promise<StoreEntry | null> {
    const { group } = options;
    for (;;) {
      const present = await this.#read(key);
      if (!isAllowed(options, present === null || this.#isExpired(present) ? null : present)) return null;
      if (group !== undefined) await this.#groups.add(group, key);
      const written = await this.#writeAfter(key, present, value, this.#clock() + expiresIn * 1000);
      if (written === null) continue;
      // Again: an entry that was not there yet may have been swept from its group meanwhile.
      if (group !== undefined) await this.#groups.add(group, key);
      return toEntry(written);
    }
  }

  async delete(key: string, condition?: WhenUnchanged): Promise<boolean> {
    if (condition !== undefined) {
      const present = await this.#live(key);
      if (present?.token !== condition.token) return false;
      // An ended state in the next place wins the entry against all who know the same state.
      if ((await this.#writeAfter(key, present, "", 0)) === null) return false;
    }
    await this.#removeFolder(this.#entryFolder(key));
    return true;
  }

  async renew(key: string, expiresIn: number): Promise<boolean> {
    for (;;) {
      const present = await this.#live(key);
      if (present === null) return false;
      if ((await this.#writeAfter(key, present, present.value, this.#clock() + expiresIn * 1000)) !== null) return true;
    }
  }

  keysOf(group: string): Promise<readonly string[]> {
    return this.#groups.keysOf(group);
  }

  /**
   * Removes all entries that have ended. Call it now and then: nothing else does.
   *
   * @returns how many there were.
   * @throws SessionStoreError when the folder holds what is no entry; or the file system's own error.
   *
   * @example
   * ```ts
   * const store = new FileStore({ folder: "var/sessions" });
   * setInterval(() => store.deleteExpired().catch(console.error), 60 * 60 * 1000).unref();
   * ```
   */
  async deleteExpired(): Promise<number> {
    const folders = ((await unlessAbsent(readdir(this.#folder))) ?? []).filter((name) => !name.startsWith("."));
    let removed = 0;
    for (const name of folders) {
      const folder = join(this.#folder, name);
      const state = await this.#readFolder(folder);
      if (state === null || !this.#isExpired(state)) continue;
      await this.#removeFolder(folder);
      removed += 1;
    }
    await this.#groups.removeUnless(async (key) => (await this.#read(key)) !== null);
    return removed;
  }

  async #removeFolder(folder: string): Promise<void> {
    const removed = this.#temporaryPath("removed");
    if ((await unlessAbsent(rename(folder, removed).then(() => true))) === null) return;
    await rm(removed, { recursive: true, force: true });
  }

  #entryFolder(key: string): string {
    // Any key makes a legal, short name that can't leave the folder.
    return join(this.#folder, createHash("sha256").update(key).digest("hex"));
  }

  #isExpired({ expiresAt }: StoreEntry): boolean {
    return expiresAt <= this.#clock();
  }

  async #live(key: string): Promise<State | null> {
    const state = await this.#read(key);
    return state === null || this.#isExpired(state) ? null : state;
  }

  #read(key: string): Promise<State | null> {
    return this.#readFolder(this.#entryFolder(key));
  }

  async #readFolder(folder: string): Promise<State | null> {
    for (;;) {
      const number = await latestNumber(folder);
      if (number === null) return null;
      const path = join(folder, String(number));
      const text = await unlessAbsent(readFile(path, "utf8"));
      // Listing a folder is no snapshot of it: what was read counts if it still is the latest afterwards.
      if (text !== null && (await latestNumber(folder)) === number) return parseState(text, number, path);
    }
  }

  /** Puts a state after the one that was read; `null` when another writer was first. */
  async #writeAfter(key: string, present: State | null, value: string, expiresAt: number): Promise<State | null> {
    await mkdir(this.#folder, { recursive: true });
    const folder = this.#entryFolder(key);
    const token = takeRandomBytes(9).toString("base64url");
    const state: State = {
      number: (present?.number ?? 0) + 1,
      token,
      lineage: [token, ...(present?.lineage ?? [])].slice(0, lineageLength),
      expiresAt,
      value,
    };
    const isWritten =
      present === null ? await this.#createEntry(folder, state) : await this.#appendState(folder, state);
    return isWritten ? state : null;
  }

  async #createEntry(folder: string, state: State): Promise<boolean> {
    const draft = this.#temporaryPath("draft");
    await mkdir(draft);
    await this.#writeFile(join(draft, String(state.number)), formatState(state));
    try {
      await rename(draft, folder);
      await this.#syncFolder(dirname(folder));
      return true;
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (hasCode(error, "ENOTEMPTY", "EEXIST", "EPERM")) return false;
      throw error;
    }
  }

  async #appendState(folder: string, state: State): Promise<boolean> {
    const draft = this.#temporaryPath("draft");
    await this.#writeFile(draft, formatState(state));
    try {
      await link(draft, join(folder, String(state.number)));
      await this.#syncFolder(folder);
    } catch (error) {
      if (hasCode(error, "EEXIST", "ENOENT")) return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
    return this.#settle(folder, state);
  }

  /** Removes what a new state made obsolete: the older ones, or itself when its place had been taken and freed again. */
  async #settle(folder: string, state: State): Promise<boolean> {
    const numbers = (await listNumbers(folder)) ?? [];
    if (numbers.every((number) => number <= state.number)) {
      await removeStates(
        folder,
        numbers.filter((number) => number < state.number),
      );
      return true;
    }
    const latest = await this.#readFolder(folder);
    if (latest === null) return false;
    if (latest.lineage.includes(state.token)) return true;
    await removeStates(folder, [state.number]);
    if (latest.number - state.number < lineageLength) return false;
    throw new SessionStoreError(
      `${folder} changed ${lineageLength} times within one write: can't tell whether it was kept.`,
    );
  }

  async #writeFile(path: string, text: string): Promise<void> {
    await writeFile(path, text, { flush: this.#fsync });
  }

  /** A new name is on the disk when its folder is. */
  async #syncFolder(path: string): Promise<void> {
    if (!this.#fsync || process.platform === "win32") return; // which opens no folders, and writes names at once
    const folder = await open(path);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #temporaryPath(purpose: string): string {
    return join(this.#folder, `.${purpose}-${randomUUID()}`);
  }
}

function toEntry({ value, token, expiresAt }: State): StoreEntry {
  return { value, token, expiresAt };
}

function formatState({ expiresAt, lineage, value }: State): string {
  return `${expiresAt} ${lineage.join(" ")}\n${value}`;
}

function parseState(text: string, number: number, path: string): State {
  const lineEnd = text.indexOf("\n");
  const [expiresAt = "", ...lineage] = text.slice(0, Math.max(lineEnd, 0)).split(" ");
  const [token] = lineage;
  if (!/^\d+$/.test(expiresAt) || token === undefined) {
    throw new SessionStoreError(`${path} is no entry of a FileStore. Remove it.`);
  }
  return { number, token, lineage, expiresAt: Number(expiresAt), value: text.slice(lineEnd + 1) };
}

/** The number of the latest state; `null` where there is no entry. */
async function latestNumber(folder: string): Promise<number | null> {
  // An entry is never without a state, but a listing may miss the old one and the new one while they change places.
  for (let look = 0; look < 1000; look += 1) {
    const numbers = await listNumbers(folder);
    if (numbers === null) return null;
    if (numbers.length > 0) return Math.max(...numbers);
  }
  throw new SessionStoreError(`${folder} is no entry of a FileStore. Remove it.`);
}

async function listNumbers(folder: string): Promise<number[] | null> {
  const names = await unlessAbsent(readdir(folder));
  return names?.filter((name) => /^\d+$/.test(name)).map(Number) ?? null;
}

async function removeStates(folder: string, numbers: readonly number[]): Promise<void> {
  await Promise.all(numbers.map((number) => rm(join(folder, String(number)), { force: true })));
}
