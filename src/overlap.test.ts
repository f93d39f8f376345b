import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import expressSession from "express-session";
import { createClient } from "redis";
import { createStorage } from "unstorage";
import { afterAll, describe, expect, test } from "vitest";
import { ServerSideSessionBackend } from "./backends/index.js";
import { openBrowser, type Browser } from "./browser.fixture.js";
import { campaignSize } from "./campaign.fixture.js";
import {
  FileStore,
  fromExpressSessionStore,
  fromUnstorage,
  MemoryStore,
  RedisStore,
  type Store,
} from "./stores/index.js";
import { findRedis, testPrefix } from "./stores/redis-server.fixture.js";
import type { SessionDict } from "./types.js";

const redis = await findRedis();
const client = redis === null ? null : await createClient({ url: redis.url }).connect();
const folder = await mkdtemp(join(tmpdir(), "typed-session-overlap-"));

afterAll(async () => {
  await client?.close();
  await redis?.stop();
  await rm(folder, { recursive: true, force: true });
});

const stores: [string, Store | null][] = [
  ["MemoryStore", new MemoryStore()],
  ["FileStore", new FileStore({ folder })],
  ["RedisStore", client && new RedisStore({ client, prefix: testPrefix })],
  ["a bridge to an express-session store", fromExpressSessionStore(new expressSession.MemoryStore())],
  ["a bridge to unstorage", fromUnstorage(createStorage())],
];

/** Requests of one browser that all have their session before the first of them goes on. */
async function overlap(
  backend: ServerSideSessionBackend,
  cookies: ReadonlyMap<string, string>,
  ...works: ((browser: Parameters<Parameters<Browser<SessionDict>["visit"]>[0]>[0]) => void)[]
): Promise<void> {
  let loaded = 0;
  let release = (): void => {};
  const all = new Promise<void>((resolve) => (release = resolve));
  await Promise.all(
    works.map((work) =>
      openBrowser(backend, { cookies: new Map(cookies) }).visit(async (request) => {
        await request.loadSession();
        loaded += 1;
        if (loaded === works.length) release();
        await all;
        work(request);
      }),
    ),
  );
}

async function begin(backend: ServerSideSessionBackend): Promise<ReadonlyMap<string, string>> {
  const browser = openBrowser(backend);
  await browser.visit((request) => request.setSession({ begun: true }));
  return browser.cookies;
}

async function read(backend: ServerSideSessionBackend, cookies: ReadonlyMap<string, string>): Promise<SessionDict> {
  return (await openBrowser(backend, { cookies: new Map(cookies) }).visit(({ session }) => session)).result;
}

const pairs = campaignSize(100, 1_000);

for (const [name, store] of stores) {
  describe.skipIf(store === null)(`on ${name}`, () => {
    const backend = new ServerSideSessionBackend({ store: store ?? new MemoryStore() });

    test(`of ${pairs} overlapping pairs of writes, none is lost`, async () => {
      let lost = 0;
      for (let pair = 0; pair < pairs; pair += 1) {
        const cookies = await begin(backend);
        await overlap(
          backend,
          cookies,
          ({ session }) => (session["first"] = pair),
          ({ session }) => (session["second"] = pair),
        );
        const { first, second } = await read(backend, cookies);
        if (first !== pair || second !== pair) lost += 1;
      }
      expect(lost).toBe(0);
    });

    test(`of ${pairs} logouts beside a slow write, none is undone`, async () => {
      let undone = 0;
      for (let pair = 0; pair < pairs; pair += 1) {
        const cookies = await begin(backend);
        const works = [
          ({ session }: { session: SessionDict }) => void (session["late"] = pair),
          (request: { clearSession(): void }) => request.clearSession(),
        ];
        // In both orders: whichever is saved first.
        const [one, two] = pair % 2 === 0 ? works : works.toReversed();
        if (one === undefined || two === undefined) throw new Error("There are two");
        await overlap(backend, cookies, one, two);
        if (Object.keys(await read(backend, cookies)).length > 0) undone += 1;
      }
      expect(undone).toBe(0);
    });
  });
}

describe.skipIf(redis === null)("on Redis, from two processes", () => {
  const prefix = `${testPrefix}${randomUUID()}:`;

  async function processes(): Promise<readonly [ChildProcess, ChildProcess]> {
    const start = () => fork(new URL("overlap.process.fixture.mjs", import.meta.url), [redis?.url ?? "", prefix]);
    const both = [start(), start()] as const;
    await Promise.all(both.map((child) => once(child, "message")));
    return both;
  }

  /** Both load all these sessions; when both have, each does its work with each of them. */
  async function both(children: readonly ChildProcess[], cookies: readonly string[], works: readonly string[]) {
    const tell = (messages: readonly object[]) =>
      Promise.all(
        children.map(async (child, index) => {
          const answer = once(child, "message");
          child.send(messages[index] ?? {});
          await answer;
        }),
      );
    await tell(works.map(() => ({ load: cookies })));
    await tell(works.map((work) => ({ work })));
  }

  test.each([
    ["overlapping pairs of writes, none is lost", ["first", "second"], 2],
    ["logouts beside a slow write, none is undone", ["clear", "late"], 0],
  ])(`of ${pairs} %s`, async (_promise, works, expectedKeys) => {
    if (client === null) return expect.unreachable();
    const backend = new ServerSideSessionBackend({ store: new RedisStore({ client, prefix }) });
    const children = await processes();
    const exits = Promise.all(children.map((child) => once(child, "exit")));
    const batch = 50;
    let wrong = 0;
    for (let done = 0; done < pairs; done += batch) {
      const sessions = await Promise.all(Array.from({ length: batch }, () => begin(backend)));
      const cookies = sessions.map((each) => each.get("session") ?? "");
      await both(children, cookies, done % 100 === 0 ? works : works.toReversed());
      for (const session of sessions) {
        const { begun: _begun, ...written } = await read(backend, session);
        if (Object.keys(written).length !== expectedKeys) wrong += 1;
      }
    }
    for (const child of children) child.disconnect();
    expect(await exits).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(wrong).toBe(0);
  });
});
