import { describe, expect, test } from "vitest";
import { createApplication, type TestApplication } from "../application.fixture.js";
import {
  cookieSession,
  express as expressOnly,
  expressSession,
  ironSession8,
  koaSession,
  koaSession7,
  oldExpressSession,
} from "../session-libraries.fixture.js";
import { diagnose } from "./diagnose.js";
import type { DiagnosedPlace, Finding } from "./diagnosis.js";
import { formatDiagnosis } from "./format-diagnosis.js";

const imports = `import type { Request } from "./request.js";\n`;

/** The findings in short: code, lines of the places, lines of the declarations. */
function findings({ folder }: TestApplication): [string, string, string][] {
  const lines = (places: readonly DiagnosedPlace[]) => places.map(({ line }) => line).join();
  return diagnose({ directory: folder }).findings.map(({ code, places, declarations }) => [
    code,
    lines(places),
    lines(declarations),
  ]);
}

/** The only finding. */
function finding({ folder }: TestApplication): Finding {
  const { findings: found } = diagnose({ directory: folder });
  expect(found.map(({ code }) => code)).toHaveLength(1);
  const [only] = found;
  if (only === undefined) throw new Error("There is no finding.");
  return only;
}

const commonjs = { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" };
const express = `import type { Request } from "express";\n`;

/** An application on a session library, whose types the tsconfig takes in. */
function app(files: Record<string, string>, packages: Record<string, string>, options = {}): TestApplication {
  const types = Object.keys(packages).flatMap((path) => /@types\/([^/]+)\/package/.exec(path)?.[1] ?? []);
  return createApplication({ ...packages, ...files }, { types, ...commonjs, ...options });
}

test("an application whose sessions are typed has no finding", () => {
  const application = createApplication({
    "src/a.ts": `${imports}export const a = (req: Request) => [req.session.cart, req.session?.userId];\n`,
  });
  const diagnosis = diagnose({ directory: application.folder });
  expect(diagnosis).toMatchObject({
    places: 2,
    typedPlaces: 2,
    findings: [],
    hosts: [],
    keysReadFrom: undefined,
    declaredAt: ["src/request.ts:4"],
  });
  expect(formatDiagnosis(diagnosis, application.folder)).toContain("Everything is typed.");
});

describe("each reason comes with what to do", () => {
  test.each([
    ["a cast hides the", `${imports}export const a = (req: Request) => (req.session as any).cart;`, "cast"],
    [
      "a comment hides the",
      `${imports}export const a = (req: Request) => /* @ts-ignore */ req.session.cart;`,
      undefined,
    ],
    ["a cast of the request", `${imports}export const a = (req: Request) => (req as any).session.cart;`, "cast"],
    ["request is declared any", "\nexport const a = (req: any) => req.session.cart;", "untyped-request"],
    ["request has no type", "\nexport function a(req) { return req.session.cart; }", "untyped-request"],
    [
      "can't resolve the request's type",
      `import type { Request } from "missing";\nexport const a = (req: Request) => req.session.cart;`,
      "missing-types",
    ],
    ["request's type has no session", "\nexport const a = (req: { body: 1 }) => req.session.cart;", "no-session"],
    ["session is declared any", "\nexport const a = (req: { session: any }) => req.session.cart;", "declared-any"],
    [
      "takes any key",
      "\nexport const a = (req: { session: { [key: string]: any } }) => req.session.cart;",
      "index-signature",
    ],
    [
      "key is declared any",
      "\nexport const a = (req: { session: { cart: any } }) => req.session.cart;",
      "declared-any",
    ],
    ["key is not declared", `${imports}export const a = (req: Request) => req.session.nope;`, "undeclared-key"],
    [
      "also beneath a cast",
      `${imports}export const a = (req: Request) => (req as any).session.nope;`,
      "undeclared-key",
    ],
    [
      "by a variable whose cast declares it",
      `${imports}export const a = (req: Request) => { const s = req.session as { nope?: string }; s.nope = "a"; };`,
      "undeclared-key",
    ],
  ])("%s", (_, text, code) => {
    const application = createApplication({ "src/a.ts": `${text}\n` });
    expect(findings(application)).toEqual(code === undefined ? [] : [[code, "2", ""]]);
  });

  test("a key of another library is for people to declare: the upgrade leaves it", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const a = (req: Request) => (req.session as any).passport;\n`,
    });
    const { findings: found } = diagnose({ directory: application.folder });
    expect(found.map(({ code, command, fix }) => [code, command, fix.split(":")[0]])).toEqual([
      ["undeclared-key", undefined, "By hand, since the upgrade declares your own keys alone"],
    ]);
  });

  test("a variable, and a parameter, that lose the type", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const a = (req: Request) => { const s: any = req.session; return s.cart; };
export const b = (req: Request) => read(req.session);
function read(session: any) { return session.cart; }
`,
    });
    const { findings: found, places, typedPlaces } = diagnose({ directory: application.folder });
    expect(found.map(({ code, places: [place] }) => [code, place?.line, place?.found])).toEqual([
      ["declared-any", 2, "s.cart"],
      ["untyped-parameter", 4, "session.cart"],
    ]);
    expect(places - typedPlaces).toBe(2);
    expect(found[1]?.places[0]?.why).toBe("it comes in by 'session: any' at src/a.ts:4");
  });
});

describe("declarations that no session gets", () => {
  const user = (scope: string, name: string) => `declare ${scope} {\n  interface ${name} { userId: string }\n}\n`;
  const a = `${express}export const a = (req: Request) => (req.session as any).userId;\n`;

  test.each([
    ["namespace Express", "SessionData", "Express.SessionData"],
    [`module "express"`, "SessionData", `SessionData of "express"`],
    [`module "cookie-session"`, "CookieSessionObject", `CookieSessionObject of "cookie-session"`],
  ])("%s { interface %s } under express-session 1.18", (scope, name, describedAs) => {
    const head = `import "express";\n`;
    const declared = scope.startsWith("module") ? `${head}${user(scope, name)}` : `\n${user(scope, name)}`;
    const application = app({ "src/session.d.ts": declared, "src/a.ts": a }, expressSession);
    expect(finding(application)).toMatchObject({
      code: "dead-declaration",
      reason: `${describedAs} merges with nothing: @types/express-session 1.18.0 reads the keys from SessionData of "express-session"`,
      command: "typed-session-codemod upgrade",
      fix: expect.stringContaining(
        'by hand: declare them in `declare module "express-session" { interface SessionData { … } }`',
      ),
      places: [{ file: application.path("src/a.ts"), line: 2 }],
      declarations: [{ file: application.path("src/session.d.ts"), line: 3, found: describedAs }],
    });
  });

  test("SessionData of the module, under types that read the global namespace", () => {
    const declared = `import "express-session";\n${user('module "express-session"', "SessionData")}`;
    const application = app({ "src/session.d.ts": declared, "src/a.ts": a }, oldExpressSession);
    expect(findings(application)).toEqual([
      ["old-types", "2", ""],
      ["dead-declaration", "", "3"],
    ]);
  });

  test("one that is dead is named though no place suffers from it, and no other is", () => {
    const alive = `import "express-session";\n${user('module "express-session"', "SessionData")}`;
    const used = `${express}export const a = (req: Request) => req.session.userId;\n`;
    const typed = app({ "src/session.d.ts": alive, "src/a.ts": used }, expressSession);
    expect(findings(typed)).toEqual([]);
    const both = app(
      { "src/session.d.ts": alive, "src/old.d.ts": user("namespace Express", "SessionData"), "src/a.ts": used },
      expressSession,
    );
    expect(findings(both)).toEqual([["dead-declaration", "", "2"]]);
  });

  test("IronSessionData of iron-session 6, under 8", () => {
    const application = app(
      {
        "package.json": `{ "dependencies": { "iron-session": "^8.0.4" } }`,
        "src/session.d.ts": `import "iron-session";\n${user('module "iron-session"', "IronSessionData")}`,
        "src/http.ts": `export interface Req { session: object }\n`,
        "src/a.ts": `import "iron-session";\nimport type { Req } from "./http";\nexport const a = (req: Req) => (req.session as any).userId;\n`,
      },
      ironSession8,
    );
    expect(finding(application)).toMatchObject({
      code: "dead-declaration",
      reason: expect.stringContaining("iron-session 8.0.4 declares no such interface"),
      fix: expect.stringContaining("getIronSession<"),
      places: [{ line: 3 }],
    });
  });

  test("an own type of that name that the code uses is no dead declaration", () => {
    const application = app(
      {
        "src/session.d.ts": `import "iron-session";\n${user('module "iron-session"', "IronSessionData")}`,
        "src/a.ts": `import type { IronSessionData } from "iron-session";\nexport interface Req { session: IronSessionData }\nexport const a = (req: Req) => req.session.userId;\n`,
      },
      ironSession8,
    );
    expect(findings(application)).toEqual([]);
  });

  test("several that disagree", () => {
    const module = 'module "express-session"';
    const application = app(
      {
        "src/session.d.ts": `import "express-session";\n${user(module, "SessionData")}`,
        "src/other.d.ts": `import "express-session";\n${user(module, "SessionData").replace("string", "number")}`,
        "src/a.ts": `${express}export const a = (req: Request) => req.session.userId;\n`,
      },
      expressSession,
    );
    const { code, places, declarations } = finding(application);
    expect([code, places]).toEqual(["disagreeing-declarations", []]);
    expect(declarations.map(({ found }) => found).sort()).toEqual([
      `SessionData of "express-session": userId: number`,
      `SessionData of "express-session": userId: string`,
    ]);
  });

  test("one in a file that is not compiled", () => {
    const declared = `import "express-session";\n${user('module "express-session"', "SessionData")}`;
    const application = app(
      { "types/session.d.ts": declared, "src/a.ts": a, "node_modules/x/a.d.ts": declared },
      expressSession,
    );
    expect(finding(application)).toMatchObject({
      code: "unseen-declaration",
      reason: expect.stringContaining("types/session.d.ts declares the key"),
      fix: expect.stringContaining('add "types/session.d.ts" to the tsconfig'),
      places: [{ line: 2 }],
      declarations: [{ file: application.path("types/session.d.ts") }],
    });
  });

  test("one of another project below is not this one's", () => {
    const declared = `import "express-session";\n${user('module "express-session"', "SessionData")}`;
    const application = app(
      { "apps/admin/tsconfig.json": "{}", "apps/admin/src/session.d.ts": declared, "src/a.ts": a },
      expressSession,
    );
    expect(finding(application).code).toBe("undeclared-key");
  });

  test("one whose file is named as a .ts beside it", () => {
    const declared = `import "express-session";\n${user('module "express-session"', "SessionData")}`;
    const application = app(
      { "src/session.d.ts": declared, "src/session.ts": "export {};\n", "src/a.ts": a },
      expressSession,
    );
    expect(finding(application).fix).toContain("rename src/session.d.ts");
  });

  test.each([
    ["ts-node src/main.ts", "", ["unseen-by-ts-node"]],
    ["ts-node --files src/main.ts", "", []],
    ["ts-node src/main.ts", `import type {} from "./types/session";\n`, []],
    ["ts-node src/main.ts", `/// <reference path="types/session.d.ts" />\n`, []],
  ])("one that %s does not see, where main.ts begins with %j", (script, head, codes) => {
    const application = app(
      {
        "package.json": JSON.stringify({ scripts: { dev: script } }),
        "src/types/session.d.ts": `import "express-session";\n${user('module "express-session"', "SessionData")}`,
        "src/main.ts": `${head}import { a } from "./a";\nconsole.log(a);\n`,
        "src/a.ts": `${express}export const a = (req: Request) => req.session.userId;\n`,
      },
      expressSession,
    );
    expect(findings(application).map(([code]) => code)).toEqual(codes);
  });

  test("the library's own interface, in a file that is no module", () => {
    const declared = user('module "express-session"', "SessionData");
    const application = app({ "src/session.d.ts": declared, "src/a.ts": a }, expressSession);
    expect(finding(application)).toMatchObject({
      code: "dead-declaration",
      reason:
        'SessionData of "express-session" merges with nothing: without an import or export, the file declares a module of its own',
      fix: expect.stringMatching(/by hand: begin the file with `import "express-session"`\.$/),
      declarations: [{ line: 2 }],
    });
    const imported = app(
      { "src/session.d.ts": `import "express-session";\n${declared}`, "src/a.ts": a },
      expressSession,
    );
    expect(finding(imported).code).toBe("cast");
  });

  test("errors that skipLibCheck hides, with the places that are any on their account", () => {
    const files = {
      "src/session.d.ts": `import type { User } from "missing";\ndeclare module "express-session" {\n  interface SessionData { user: User }\n}\n`,
      "src/a.ts": `${express}export const a = (req: Request) => req.session.user;\n`,
    };
    const application = app(files, expressSession);
    expect(finding(application)).toMatchObject({
      code: "hidden-error",
      places: [{ line: 2 }],
      declarations: [{ line: 1, found: expect.stringMatching(/^TS2307: Cannot find module 'missing'/) }],
    });
    expect(findings(app(files, expressSession, { skipLibCheck: false }))).toEqual([["declared-any", "2", ""]]);
  });
});

describe("types of the session library", () => {
  test.each([
    ["its own types alone", koaSession7, "no-session", "the request's type has no session"],
    [
      "@types/koa-session beside them",
      { ...koaSession, ...koaSession7 },
      "index-signature",
      "@types/koa-session takes any key, and nothing can be added to it beside the types that koa-session 7.0.2 brings",
    ],
  ])("koa-session 7, with %s: to declare the session of a context oneself", (_, library, code, reason) => {
    const text = `import { Context } from "koa";\nimport "koa-session";\nexport const a = (ctx: Context) => (ctx.session as any).userId;\n`;
    const files = { "src/a.ts": text, "package.json": `{ "dependencies": { "koa-session": "7" } }` };
    const found = finding(app(files, library));
    expect(found).toMatchObject({ code, reason });
    expect(found.fix).toContain(
      '`declare module "koa" { interface BaseContext { session: Record<string, any> | null } }`, then `typed-session-codemod upgrade`',
    );
  });

  test("a key that another library keeps there is not one that the upgrade declares", () => {
    const text = `${express}export const a = (req: Request) => req.session!.passport.user;\n`;
    const application = app({ "src/a.ts": text }, oldExpressSession);
    expect(finding(application)).toMatchObject({
      code: "undeclared-key",
      reason: "'passport' is another library's key, and nothing declares it",
      fix: expect.stringMatching(/^By hand, since the upgrade declares your own keys alone: declare/),
      places: [{ line: 2 }],
    });
    expect(finding(application).command).toBeUndefined();
  });

  const a = `${express}export const a = (req: Request) => req.session!.userId;\n`;

  test("of an old version: what to move, and to what", () => {
    expect(finding(app({ "src/a.ts": a }, oldExpressSession))).toMatchObject({
      code: "old-types",
      reason: "@types/express-session 1.17.0 takes any key",
      fix: '`typed-session-codemod upgrade` declares the keys where that version reads them, in Express.SessionData; `typed-session-codemod upgrade --bump-types` moves @types/express-session from 1.17.0 to 1.17.2 or newer; by hand: `npm install --save-dev @types/express-session@^1.17.2`, and declare the keys in `declare module "express-session" { interface SessionData { … } }`.',
      command: "typed-session-codemod upgrade --bump-types",
      places: [{ line: 2 }],
    });
  });

  test("the command is that of the lock file", () => {
    const application = app({ "src/a.ts": a, "yarn.lock": "" }, oldExpressSession);
    expect(finding(application).fix).toContain("`yarn add --dev @types/express-session@^1.17.2`");
  });

  test("1.17.1, whose session is a union that lacks the keys", () => {
    const path = "node_modules/@types/express-session/";
    const union = {
      ...expressSession,
      [`${path}package.json`]: expressSession[`${path}package.json`].replace("1.18.0", "1.17.1"),
      [`${path}index.d.ts`]: expressSession[`${path}index.d.ts`].replace(
        "session.Session & Partial<session.SessionData>",
        "session.Session | (session.Session & session.SessionData)",
      ),
    };
    const declared = `import "express-session";\ndeclare module "express-session" { interface SessionData { userId: string } }\n`;
    const { code, reason, fix } = finding(app({ "src/a.ts": a, "src/session.d.ts": declared }, union));
    expect([code, reason]).toEqual([
      "old-types",
      "@types/express-session 1.17.1 types the session as a union that lacks the keys",
    ]);
    expect(fix).toMatch(/^`typed-session-codemod upgrade --bump-types` moves/);
  });

  test("that take any key in their newest version, too", () => {
    expect(finding(app({ "src/a.ts": a }, cookieSession))).toMatchObject({
      code: "index-signature",
      reason: "@types/cookie-session 2.0.49 takes any key",
      fix: expect.stringContaining("declares the keys in use in CookieSessionInterfaces.CookieSessionObject"),
      command: "typed-session-codemod upgrade",
    });
  });

  test("that are not there", () => {
    const manifest = `{ "dependencies": { "express-session": "^1.17.0" } }`;
    const files = { "package.json": manifest, "pnpm-lock.yaml": "", "src/a.ts": a };
    expect(finding(app(files, expressOnly))).toMatchObject({
      code: "missing-types",
      fix: "pnpm add --save-dev @types/express-session, then `typed-session-codemod upgrade`.",
      places: [{ line: 2 }],
    });
  });

  test("that no compiled file takes in", () => {
    const manifest = `{ "dependencies": { "express-session": "^1.17.0" } }`;
    const application = app({ "package.json": manifest, "src/a.ts": a }, expressSession, { types: [] });
    expect(finding(application)).toMatchObject({
      code: "types-not-included",
      reason: expect.stringContaining("@types/express-session 1.18.0 is installed"),
      places: [{ line: 2 }],
    });
  });
});

test("the most frequent reason comes first, and each place names its declaration", () => {
  const application = createApplication({
    "src/a.ts": `${imports}export const a = (req: Request) => (req.session as any).cart;
export const b = (req: any) => req.session.cart;
export const c = (req: any) => [req.session.cart, req.session.userId];
`,
  });
  const { findings: found } = diagnose({ directory: application.folder });
  expect(found.map(({ places }) => places.map(({ line, why }) => [line, why]))).toEqual([
    [
      [3, "'req' is declared any at src/a.ts:3"],
      [4, "'req' is declared any at src/a.ts:4"],
      [4, "'req' is declared any at src/a.ts:4"],
    ],
    [[2, undefined]],
  ]);
});

describe("session libraries", () => {
  const manifest = (name: string, version: string) => JSON.stringify({ name, version });

  test("are named with their versions, those of a package that lies above too", () => {
    const application = createApplication({
      "package.json": `{ "dependencies": { "express-session": "^1.17.0", "express": "*" }, "devDependencies": { "iron-session": "8" } }`,
      "node_modules/express-session/package.json": manifest("express-session", "1.18.1"),
      "node_modules/@types/express-session/package.json": manifest("@types/express-session", "1.15.0"),
      "apps/shop/tsconfig.json": `{ "compilerOptions": { "types": [] }, "files": ["a.ts"] }`,
      "apps/shop/a.ts": "export {};\n",
    });
    const hosts = [
      {
        name: "express-session",
        version: "1.18.1",
        types: { name: "@types/express-session", version: "1.15.0" },
      },
      { name: "iron-session", version: undefined },
    ];
    expect(diagnose({ directory: application.folder }).hosts).toEqual(hosts);
    expect(diagnose({ directory: application.path("apps/shop") }).hosts).toEqual(hosts);
  });

  test("a package.json that is no JSON is no obstacle", () => {
    const application = createApplication({ "package.json": "{", "src/a.ts": "export {};\n" });
    expect(diagnose({ directory: application.folder }).hosts).toEqual([]);
  });
});
