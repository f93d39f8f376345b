import { describe, expect, test } from "vitest";
import { diagnose } from "./doctor/diagnose.js";
import * as libraries from "./session-libraries.fixture.js";
import { app, upgraded } from "./upgraded.fixture.js";

const imports = `import { getIronSession, type SessionOptions } from "iron-session";
declare const jar: object;
declare const options: SessionOptions;
`;

/** Upgrades an application of iron-session 8 that gives no request a session. */
function upgradeOf(files: Readonly<Record<string, string>>) {
  const application = app(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`src/${name}`, text])),
    libraries.ironSession8,
  );
  const result = upgraded(application);
  const keys = Object.fromEntries(result.keys.map(({ key, type }) => [key, type]));
  const rungs = result.ledger.filter(({ kind }) => kind !== "declaration").map(({ rung }) => rung);
  return { ...result, keys, rungs, read: (name: string) => application.read(`src/${name}`) };
}

describe("a session that iron-session opens as", () => {
  test.each([
    ["any", "getIronSession<any>(jar, jar, options)"],
    ["object", "getIronSession<object>(jar, jar, options)"],
    ["Record<string, any>", "getIronSession<Record<string, any>>(jar, jar, options)"],
    ["an alias of that", "getIronSession<SessionDict>(jar, jar, options)"],
    ["nothing", "getIronSession(jar, jar, options)"],
  ])("%s", (_, call) => {
    const { keys, rungs, read, host } = upgradeOf({
      "a.ts": `${imports}export type SessionDict = Record<string, any>;
export async function login() {
  const session = await ${call};
  (session as any).userId = "ada";
  await session.save();
}
export async function who(): Promise<string> { return ((await ${call}) as any).userId; }
`,
    });
    expect(host).toBe("iron-session");
    expect(keys).toEqual({ userId: "string" });
    expect(rungs.every((rung) => rung <= 2)).toBe(true);
    expect(read("a.ts")).toContain("const session = await getIronSession<AppSession>(jar, jar, options);");
    expect(read("a.ts")).toContain("return (await getIronSession<AppSession>(jar, jar, options)).userId!;");
    expect(read("a.ts")).not.toContain("as any");
    expect(read("session.ts")).not.toContain("declare");
  });
});

test("it is followed through functions that return it, from file to file, and to those that it is passed to", () => {
  const { keys, rungs, read } = upgradeOf({
    "open.ts": `${imports}export function openSession() { return getIronSession<any>(jar, jar, options); }\n`,
    "current.ts": `import { openSession } from "./open";\nexport const current = async () => { const session = await openSession(); return session; };\n`,
    "a.ts": `import { current as sessionNow } from "./current";
function setTheme(session: any, theme: string) { session.theme = theme; }
export async function login(): Promise<void> {
  const session = await sessionNow();
  session.userId = "ada";
  setTheme(session, "dark");
}
`,
  });
  expect(keys).toEqual({ userId: "string", theme: "string" });
  expect(rungs.every((rung) => rung === 1)).toBe(true);
  expect(read("open.ts")).toContain("return getIronSession<AppSession>(jar, jar, options);");
  expect(read("a.ts")).toContain("session: IronSession<AppSession>, theme: string");
});

test("what is asked of it where a function returns it counts where it is opened, and any goes where it is called", () => {
  const { keys, rungs, read } = upgradeOf({
    "jar.ts": `export const jar = {};\n`,
    "open.ts": `import { getIronSession } from "iron-session";
import { jar } from "./jar"; // the cookies
export async function openSession() {
  const session = await getIronSession(jar, jar, { cookieName: "sid", password: "" });
  return session;
}
`,
    "a.ts": `import { openSession } from "./open";
export async function login() {
  const session: any = await openSession();
  session.userId = "ada";
  await session.save();
}
export const who = async (): Promise<string> => ((await openSession()) as any).userId;
`,
  });
  expect(keys).toEqual({ userId: "string" });
  expect(rungs).toEqual([1, 2]);
  expect(read("open.ts")).toContain("await getIronSession<AppSession>(jar, jar, {");
  expect(read("open.ts")).toContain(`"./jar"; // the cookies\nimport type { AppSession }`);
  expect(read("a.ts")).toContain("const session = await openSession();");
  expect(read("a.ts")).toContain("=> (await openSession()).userId!;");
});

test("any stays on the variable of what a function says is any itself", () => {
  const { read } = upgradeOf({
    "open.ts": `${imports}export async function openSession(): Promise<any> { return await getIronSession(jar, jar, options); }\n`,
    "a.ts": `import { openSession } from "./open";
export async function login() { const session: any = await openSession(); session.userId = "ada"; }
export const direct = async () => { ((await openSession()) as any).userId = "eve"; };
`,
  });
  expect(read("a.ts")).toContain("const session: any = await openSession()");
  expect(read("a.ts")).toContain("((await openSession()) as any).userId");
});

describe("where other calls name the application's own type", () => {
  const data = `export type SessionData = { userId?: string; isAdmin: boolean };\n`;
  const typed = `import type { SessionData } from "./data";
${imports}export const isAdmin = async () => (await getIronSession<SessionData>(jar, jar, options)).isAdmin;
`;

  test("that is the type of those which name none", () => {
    const { files, rungs, read } = upgradeOf({
      "data.ts": data,
      "typed.ts": typed,
      "a.ts": `${imports}export async function login() {
  const session: any = await getIronSession(jar, jar, options);
  session.userId = "ada";
}
function setUser(session: any, userId: string) { session.userId = userId; }
export async function change(): Promise<void> { setUser(await getIronSession<any>(jar, jar, options), "eve"); }
`,
    });
    expect(files).toHaveLength(1);
    expect(rungs.every((rung) => rung === 1)).toBe(true);
    expect(read("a.ts")).toContain(`import type { SessionData } from "./data";`);
    expect(read("a.ts")).toContain("const session = await getIronSession<SessionData>(jar, jar, options);");
    expect(read("a.ts")).toContain("setUser(session: IronSession<SessionData>, userId: string)");
    expect(read("a.ts")).toContain("setUser(await getIronSession<SessionData>(jar, jar, options)");
  });

  test("the session file holds what that lacks, and the report says so", () => {
    const { keys, rungs, read, notes } = upgradeOf({
      "data.ts": data,
      "typed.ts": `${typed}export async function setTheme() {
  const session = await getIronSession<SessionData>(jar, jar, options);
  (session as any).theme = "dark";
}
`,
      "a.ts": `${imports}export async function login() {
  const session: any = await getIronSession(jar, jar, options);
  session.userId = session.theme === "dark" ? "ada" : "eve";
}
`,
    });
    expect(keys).toEqual({ theme: "string" });
    expect(rungs.every((rung) => rung === 1)).toBe(true);
    expect(read("typed.ts")).toContain("(await getIronSession<SessionData>(jar, jar, options)).isAdmin;");
    expect(read("typed.ts")).toContain("const session = await getIronSession<SessionData & AppSession>(");
    expect(read("a.ts")).toContain("const session = await getIronSession<SessionData & AppSession>(");
    expect(notes).toEqual([
      "src/session.ts holds what SessionData of src/data.ts lacks: add it there, and SessionData says it all.",
    ]);
  });

  test("a default export is none that other files could take by its name", () => {
    const { read } = upgradeOf({
      "typed.ts": `${imports}export default interface SessionData { isAdmin: boolean }
export const isAdmin = async () => (await getIronSession<SessionData>(jar, jar, options)).isAdmin;
`,
      "a.ts": `${imports}export const login = async () => { const session: any = await getIronSession(jar, jar, options); session.userId = "ada"; };\n`,
    });
    expect(read("a.ts")).toContain("getIronSession<AppSession>(");
  });

  test("it is not known which, where they name several", () => {
    const { keys, read } = upgradeOf({
      "data.ts": `${data}export interface Cart { items?: string[] }\n`,
      "typed.ts": `${typed.replace("{ SessionData }", "{ Cart, SessionData }")}export const cart = async () => (await getIronSession<Cart>(jar, jar, options)).items;\n`,
      "a.ts": `${imports}export const login = async () => { const session: any = await getIronSession(jar, jar, options); session.userId = "ada"; };\n`,
    });
    expect(keys).toMatchObject({ userId: "string" });
    expect(read("a.ts")).toContain("getIronSession<AppSession>(");
  });
});

test("IronSession keeps its name in a file that wrote it as a member", () => {
  const { read } = upgradeOf({
    "types.d.ts": `import "iron-session";
declare global { namespace Express { interface Request { session: import("iron-session").IronSession } } }
`,
    "a.ts": `import type { Request } from "express";\nexport const login = (req: Request) => { req.session.userId = "ada"; };\n`,
  });
  expect(read("types.d.ts")).toContain("interface Request { session: IronSession<AppSession> }");
});

test("keys that are not known before run time stay possible", () => {
  const { keys, read } = upgradeOf({
    "a.ts": `${imports}export async function put(key: string) {
  const session = await getIronSession<any>(jar, jar, options);
  session.userId = "ada";
  session[key] = 1;
}
`,
  });
  expect(keys).toEqual({ userId: "string" });
  expect(read("a.ts")).toContain("getIronSession<AppSession & Record<string, any>>(jar, jar, options)");
});

test("a type of its own stays, and casts beside it go", () => {
  const { read, files, rungs } = upgradeOf({
    "a.ts": `${imports}interface Inbox { userId?: string }
export async function login<T extends object>() {
  const session = await getIronSession<Inbox>(jar, jar, options);
  (session as any).userId = "ada";
  return getIronSession<T>(jar, jar, options);
}
`,
  });
  expect(rungs).toEqual([1]);
  expect(files).toHaveLength(1);
  expect(read("a.ts")).toContain('await getIronSession<Inbox>(jar, jar, options);\n  session.userId = "ada";');
  expect(read("a.ts")).toContain("getIronSession<T>(jar, jar, options)");
});

test("a dict that is handed to what checks it stays", () => {
  const { read } = upgradeOf({
    "checks.d.ts": `export declare function open<T>(session: T): { userId?: string };\n`,
    "a.ts": `${imports}import { open } from "./checks";
export const who = async () => open(await getIronSession<Record<string, any>>(jar, jar, options)).userId;
export const login = async () => { const session = await getIronSession<any>(jar, jar, options); session.userId = "ada"; };
`,
  });
  expect(read("a.ts")).toContain("open(await getIronSession<Record<string, any>>(jar, jar, options)).userId;");
  expect(read("a.ts")).toContain("const session = await getIronSession<AppSession>(");
});

test("what is typed beside a cast that has to stay is no place that was left", () => {
  const { ledger, places } = upgraded(
    app(
      {
        "src/a.ts": `${imports}interface Inbox { userId?: string }
export async function close() {
  const session = await getIronSession<Inbox>(jar, jar, options);
  session.userId = "ada";
  await (session as any).save?.();
}
`,
      },
      libraries.ironSession8,
      { target: "es2019" },
    ),
  );
  expect(places).toBe(2);
  expect(ledger).toEqual([]);
});

test("a key that is tested, and written out as text, is text", () => {
  const { keys } = upgradeOf({
    "a.ts": `${imports}export async function who() {
  const session = await getIronSession<any>(jar, jar, options);
  return !session.name ? "" : \`${"${session.name}"}\`;
}
`,
  });
  expect(keys).toEqual({ name: "string" });
});

test("a function of that name from elsewhere opens none", () => {
  const { places, files } = upgradeOf({
    "own.ts": `import type { IronSession } from "iron-session";\nexport declare function getIronSession<T>(jar: object): Promise<IronSession<T>>;\n`,
    "a.ts": `import { getIronSession } from "./own";
export const login = async () => { const session = await getIronSession<any>({}); session.userId = "ada"; };
`,
  });
  expect(places).toBe(0);
  expect(files).toEqual([]);
});

describe("the doctor says what to write at the call", () => {
  const opensUntyped = `${imports}export const login = async () => { const session = await getIronSession<any>(jar, jar, options); session.userId = "ada"; };\n`;
  const opensTyped = `${imports}export interface UserSession { userId?: string }
export const who = async () => (await getIronSession<UserSession>(jar, jar, options)).userId;\n`;

  test.each([
    ["AppSession", { "src/a.ts": opensUntyped }],
    ["UserSession", { "src/a.ts": opensUntyped, "src/own.ts": opensTyped }],
  ])("%s", (name, files) => {
    const application = app(files, libraries.ironSession8);
    expect(diagnose({ directory: application.folder }).findings).toMatchObject([
      { code: "declared-any", fix: expect.stringContaining(`write \`getIronSession<${name}>(req, res, options)\``) },
    ]);
  });
});
