import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, test } from "vitest";
import { openBrowser } from "../src/browser.fixture.js";
import {
  ClientSideSessionBackend,
  MemoryStore,
  ServerSideSessionBackend,
  type BaseSessionBackend,
  type SessionDefinition,
  type SessionDict,
} from "../src/index.js";
import { guideApplications } from "./guide-blocks.fixture.js";

// The guide's own blocks are what runs here.
const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-deploy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
symlinkSync(fileURLToPath(new URL("../node_modules", import.meta.url)), join(folder, "node_modules"));
writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
const guide = readFileSync(new URL("../MIGRATION.md", import.meta.url), "utf8");
for (const { file, code } of guideApplications(guide).get("deploy") ?? []) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  writeFileSync(join(folder, file.replace(/\.ts$/, ".js")), ts.transpileModule(code, { compilerOptions }).outputText);
}
const block = async <T>(name: string): Promise<T> => import(pathToFileURL(join(folder, `${name}.js`)).href);

/** What each step of a rename exports. */
interface Release {
  readonly appSession: SessionDefinition<SessionDict>;
  readonly userOf: (session: SessionDict) => string | undefined;
  readonly logIn: (session: SessionDict, id: string) => void;
}

/** Makes backends of one application: they share the store, or the secret. */
type Backends = () => (session: SessionDefinition<SessionDict>) => BaseSessionBackend<SessionDict>;

const backends: readonly (readonly [string, Backends])[] = [
  [
    "in a cookie",
    () => (session) => new ClientSideSessionBackend({ secret: "a secret of more than 32 characters", session }),
  ],
  [
    "on a store",
    () => {
      const store = new MemoryStore();
      return (session) => new ServerSideSessionBackend({ store, session });
    },
  ],
];

const release = (step: number) => block<Release>(`session-${step}`);

describe.each(backends)("renaming a key, with sessions %s", (_where, createBackends) => {
  /** One visitor of several releases. */
  function openVisitor() {
    const createBackend = createBackends();
    const cookies = new Map<string, string>();
    return async <T>({ appSession }: Release, work: (session: SessionDict) => T): Promise<T> =>
      (await openBrowser(createBackend(appSession), { cookies }).visit(({ session }) => work(session))).result;
  }

  test.each([1, 2, 3])("step %i is safe beside the one before it, and to roll back to", async (step) => {
    const [older, newer] = await Promise.all([release(step - 1), release(step)]);
    for (const [first, second] of [
      [older, newer],
      [newer, older],
    ] as const) {
      const visit = openVisitor();
      await visit(first, (session) => first.logIn(session, "ada"));
      expect(await visit(second, second.userOf)).toBe("ada");
      await visit(second, (session) => void (session["other"] = 1));
      expect(await visit(first, first.userOf)).toBe("ada");
      // Another user, without a logout between.
      await visit(second, (session) => second.logIn(session, "bob"));
      expect(await visit(first, first.userOf)).toBe("bob");
      await visit(first, (session) => first.logIn(session, "eve"));
      expect(await visit(second, second.userOf)).toBe("eve");
    }
  });

  test.each([
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ])("a session that nobody has touched since step %i is still its user's in step %i", async (step, later) => {
    const [then, now] = await Promise.all([release(step), release(later)]);
    const visit = openVisitor();
    await visit(then, (session) => then.logIn(session, "ada"));
    expect(await visit(now, now.userOf)).toBe("ada");
    await visit(now, (session) => void (session["other"] = 1));
    expect(await visit(now, (session) => session)).toMatchObject({ userId: "ada", other: 1 });
  });

  test.each([2, 3])("what an instance of before step 1 wrote last is what counts in step %i", async (later) => {
    const [before, first, now] = await Promise.all([release(0), release(1), release(later)]);
    const visit = openVisitor();
    await visit(first, (session) => first.logIn(session, "ada"));
    await visit(before, (session) => before.logIn(session, "bob"));
    expect(await visit(now, now.userOf)).toBe("bob");
  });

  test("without step 1, one visitor is two users", async () => {
    const [before, second] = await Promise.all([release(0), release(2)]);
    const visit = openVisitor();
    await visit(second, (session) => second.logIn(session, "ada"));
    await visit(before, (session) => before.logIn(session, "bob"));
    expect(await visit(before, before.userOf)).toBe("bob");
    expect(await visit(second, second.userOf)).toBe("ada");
  });

  test("a codec that keeps the stored form is safe beside code that has none", async () => {
    const { appSession } = await block<Pick<Release, "appSession">>("codec");
    const createBackend = createBackends();
    const cookies = new Map<string, string>();
    const visit = async <T>(backend: BaseSessionBackend<SessionDict>, work: (session: SessionDict) => T) =>
      (await openBrowser(backend, { cookies }).visit(({ session }) => work(session))).result;
    const typed = createBackend(appSession);
    const { appSession: untyped } = await release(0);
    await visit(createBackend(untyped), (session) => void (session["since"] = 5));
    expect(await visit(typed, ({ since }) => since)).toEqual(new Date(5));
    await visit(typed, (session) => void (session["since"] = new Date(7)));
    expect(await visit(createBackend(untyped), ({ since }) => since)).toBe(7);
  });
});

describe("changing secrets", () => {
  type Steps = (previous: string, next: string) => readonly BaseSessionBackend<SessionDict>[];
  const openSteps = async () => {
    const { steps } = await block<{ readonly steps: Steps }>("secrets");
    return steps("the previous secret, 32 characters", "the next secret, of 32 characters");
  };
  const read = async (backend: BaseSessionBackend<SessionDict> | undefined, cookies: Map<string, string>) => {
    if (backend === undefined) throw new Error("The guide has no such step");
    return (await openBrowser(backend, { cookies }).visit(({ session }) => ({ ...session }))).result;
  };
  const write = async (
    backend: BaseSessionBackend<SessionDict> | undefined,
    cookies: Map<string, string>,
    key: string,
  ) => {
    if (backend === undefined) throw new Error("The guide has no such step");
    await openBrowser(backend, { cookies }).visit(({ session }) => void (session[key] = true));
  };

  test.each([1, 2])("step %i is safe beside the one before it, and to roll back to", async (step) => {
    const steps = await openSteps();
    for (const [first, second] of [
      [steps[step - 1], steps[step]],
      [steps[step], steps[step - 1]],
    ]) {
      const cookies = new Map<string, string>();
      await write(first, cookies, "begun");
      await write(second, cookies, "changed");
      expect(await read(first, cookies)).toEqual({ begun: true, changed: true });
    }
  });

  test("step 3 opens what step 2 has sealed, and the reverse", async () => {
    const steps = await openSteps();
    expect(steps).toHaveLength(4);
    const cookies = new Map<string, string>();
    await write(steps[2], cookies, "begun");
    await write(steps[3], cookies, "changed");
    expect(await read(steps[2], cookies)).toEqual({ begun: true, changed: true });
  });

  test("without step 1, an old instance takes the visitor for anonymous", async () => {
    const steps = await openSteps();
    const cookies = new Map<string, string>();
    await write(steps[2], cookies, "begun");
    expect(await read(steps[0], cookies)).toEqual({});
  });
});

describe("looking first", () => {
  const open = () => block<{ readonly whyRefused: (session: object) => string | undefined }>("look-first");

  test("says of what is stored what the check would refuse, without the values", async () => {
    const { whyRefused } = await open();
    const why = whyRefused({ cookie: { maxAge: 1 }, userId: 5, cart: ["tea", { secret: "hunter2" }] });
    expect(why).toMatch(/userId: .+; cart\[1\]: /);
    expect(why).not.toContain("hunter2");
  });

  test("says nothing of sessions that would be accepted, and leaves every session as it is", async () => {
    const { whyRefused } = await open();
    const session = { cookie: { maxAge: 1 }, userId: "ada", other: { since: new Date(0) } };
    expect(whyRefused(session)).toBeUndefined();
    expect(session).toEqual({ cookie: { maxAge: 1 }, userId: "ada", other: { since: new Date(0) } });
  });
});
