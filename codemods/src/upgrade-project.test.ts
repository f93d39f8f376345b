import { realpathSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createApplication } from "./application.fixture.js";
import { upgradeProjects } from "./projects/upgrade-projects.js";
import * as libraries from "./session-libraries.fixture.js";
import { app, commonjs, upgraded } from "./upgraded.fixture.js";
import { upgradeProject } from "./upgrade-project.js";
import type { UpgradeResult } from "./upgrade-result.js";
import { undoChanges } from "./write/undo-changes.js";
import { writeChanges } from "./write/write-changes.js";

function keysOf({ keys }: UpgradeResult): Record<string, string> {
  return Object.fromEntries(keys.map(({ key, type }) => [key, type]));
}

function rungsOf({ ledger }: UpgradeResult): number[] {
  return ledger.filter(({ kind }) => kind !== "declaration").map(({ rung }) => rung);
}

const request = `import type { Request } from "express";\n`;
const keepTypes = (name: string) => `import type {} from "${name}";\n`;

describe("a session library reads its keys from where its own version looks", () => {
  const handlers = `export const login = (req: Request) => { (req as any).session.userId = "ada"; };
export const who = (req: Request): string => (req.session as any).userId;
`;

  test.each([
    ["express-session", libraries.expressSession, request, 'declare module "express-session"'],
    ["express-session 1.17.1", libraries.expressSession1171, request, "interface Session extends AppSession"],
    ["express-session before 1.17.1", libraries.oldExpressSession, request, "namespace Express"],
    ["cookie-session", libraries.cookieSession, request, "namespace CookieSessionInterfaces"],
    [
      "@fastify/session",
      libraries.fastifySession,
      `import type { FastifyRequest as Request } from "fastify";\n${keepTypes("@fastify/session")}`,
      'declare module "fastify"',
    ],
    [
      "@fastify/secure-session",
      libraries.secureSession,
      `import type { FastifyRequest as Request } from "fastify";\n${keepTypes("@fastify/secure-session")}`,
      'declare module "@fastify/secure-session"',
    ],
    [
      "iron-session 6",
      libraries.ironSession6,
      `import type { IncomingMessage as Request } from "http";\n${keepTypes("iron-session")}`,
      'declare module "iron-session"',
    ],
  ])("%s", (_, packages, imports, registration) => {
    const application = app({ "src/a.ts": imports + handlers }, packages);
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ userId: "string" });
    expect(application.read("src/session.ts")).toContain(registration);
    expect(rungsOf(result).every((rung) => rung <= 2)).toBe(true);
    expect(application.read("src/a.ts")).not.toMatch(/as any/);
  });

  test("@fastify/secure-session, by its methods", () => {
    const text = `import type { FastifyRequest as Request } from "fastify";
${keepTypes("@fastify/secure-session")}export const login = (req: Request) => { req.session.set("user", { name: "ada" }); req.session.set("theme", "dark"); };
export const who = (req: Request): string => req.session.get("user").name;
export const theme = (req: Request) => { const theme = req.session.get("theme"); return theme; };
`;
    const application = app({ "src/a.ts": text }, libraries.secureSession);
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ user: "{ name: string }", theme: "string" });
    expect(rungsOf(result)).toEqual([2, 1]);
    expect(application.read("src/a.ts")).toContain('req.session.get("user")!.name');
  });

  test("iron-session 8, under the declarations of iron-session 6", () => {
    const application = app(
      {
        "src/types/session.d.ts": `import type { IronSession } from "iron-session";
declare module "iron-session" {
  interface IronSessionData {
    userId?: string;
  }
}
declare global {
  namespace Express {
    interface Request {
      session: IronSession;
    }
  }
}
`,
        "src/a.ts": `import type { Request, Response } from "express";
import { getIronSession } from "iron-session";
export const load = async (req: Request, res: Response) => {
  req.session = await getIronSession(req, res, { cookieName: "s", password: "p" });
};
export const login = async (req: Request) => { req.session.userId = "ada"; req.session.cart = ["tea"]; await req.session.save(); };
export const cart = (req: Request): string[] => req.session.cart;
`,
      },
      libraries.ironSession8,
    );
    const result = upgraded(application);
    expect(result.host).toBe("iron-session");
    expect(keysOf(result)).toEqual({ userId: "string", cart: "string[]" });
    expect(new Set(rungsOf(result))).toEqual(new Set([1, 2]));
    const declarations = application.read("src/types/session.d.ts");
    expect(declarations).toContain("session: IronSession<AppSession>;");
    expect(declarations).not.toContain("IronSessionData");
  });

  test.each([
    ["types", 'import("typed-session").SessionDefinition<AppSession>'],
    ["zod", "typeof appSession"],
  ] as const)("typed-session's own, with %s", (schema, registered) => {
    const zod = realpathSync(fileURLToPath(new URL("../../node_modules/zod", import.meta.url)));
    const application = app(
      {
        "package.json": `{ "dependencies": { "zod": "*" } }`,
        "src/a.ts": `import { Request } from "typed-session";
export const login = (request: Request) => { request.session.userId = "ada"; };
export const who = (request: Request<{ name: string }>): string => request.session["userId"];
`,
      },
      libraries.typedSession,
      { module: "preserve", moduleResolution: "bundler", ignoreDeprecations: "5.0" },
    );
    symlinkSync(zod, application.path("node_modules/zod"));
    const result = upgraded(application, { schema });
    expect(result).toMatchObject({ host: "typed-session", untypedBefore: 2 });
    expect(application.read("src/session.ts")).toContain(`session: ${registered};`);
    expect(rungsOf(result)).toEqual([1, 2]);
  });

  test.each([
    ["any", "", "session?: AppSession | null"],
    [
      "a type that takes any key",
      "interface Visit { [key: string]: any; isNew: boolean }\n",
      "session?: Visit & AppSession | null",
    ],
  ])("the application's own declaration, as %s", (_, own, expected) => {
    const was = own === "" ? "session?: any | null" : "session?: Visit | null";
    const application = app(
      {
        "src/types.d.ts": `import "express";\n${own}declare global { namespace Express { interface Request { ${was} } } }\n`,
        "src/a.ts": `import { Request } from "express";
export const login = (req: Request) => { req.session!["userId"] = "ada"; };
export const logout = (req: Request) => { req.session = null; };
export const who = (req: Request): string => req.session!["userId"];
`,
      },
      libraries.express,
    );
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ userId: "string" });
    expect(new Set(rungsOf(result))).toEqual(new Set([1, 2]));
    expect(application.read("src/types.d.ts")).toContain(expected);
  });

  test("koa-session", () => {
    const application = app(
      {
        "src/a.ts": `import Koa = require("koa");\nimport session = require("koa-session");\nnew Koa().use((ctx) => { ctx.session!.views = (ctx.session!.views || 0) + 1; ctx.session!.views.toFixed(); });\n`,
        "src/b.ts": `import Koa from "koa";\nexport const views = (ctx: Koa.Context): number => (ctx.session as any).views;\n`,
      },
      libraries.koaSession,
      { types: ["koa-session"], esModuleInterop: true },
    );
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ views: "number" });
  });

  const inKoa = `import { Context } from "koa";
import "koa-session";
export const set = (ctx: Context) => { (ctx as any).session.userId = "ada"; };
`;

  test("koa-session 7 beside @types/koa-session: what would merge with nothing is not written", () => {
    const application = app({ "src/a.ts": inKoa }, { ...libraries.koaSession, ...libraries.koaSession7 });
    expect(upgraded(application)).toMatchObject({ sessionFile: undefined, files: [] });
  });

  test("koa-session 7, by the application's own declaration", () => {
    const own = `import "koa";\ndeclare module "koa" { interface BaseContext { session: Record<string, any> | null } }\n`;
    const application = app({ "src/a.ts": inKoa, "src/koa.d.ts": own }, libraries.koaSession7);
    expect(rungsOf(upgraded(application))).toEqual([2]);
    expect(application.read("src/koa.d.ts")).toContain("session: AppSession | null");
  });

  test("keys that are not known before run time stay possible, where they were", () => {
    const handlers = `export const read = (req: Request, key: string): unknown => req.session![key];
export const write = (req: Request, key: string) => { req.session![key] = 1; const s = req.session!; for (const each of Object.keys(s)) delete s[each]; };
export const login = (req: Request) => { req.session!.userId = "ada"; };
`;
    for (const packages of [libraries.oldExpressSession, libraries.cookieSession]) {
      const result = upgraded(app({ "src/a.ts": request + handlers }, packages));
      expect(keysOf(result)).toEqual({ userId: "string" });
    }
    const own = app({ "src/a.ts": `import { Request } from "typed-session";\n${handlers}` }, libraries.typedSession, {
      types: [],
    });
    const result = upgraded(own);
    expect(keysOf(result)).toEqual({ userId: "string" });
    expect(own.read("src/a.ts")).toContain("(req.session! as any)[key]");
  });

  test.each([
    ["the library", {}, "express-session is in package.json, and not installed"],
    [
      "its types",
      { "node_modules/express-session/package.json": `{ "version": "1.18.1" }` },
      "npm install --save-dev @types/express-session",
    ],
  ])("%s are not installed: the report says so", (_, packages, note) => {
    const application = createApplication({
      ...packages,
      "package.json": `{ "dependencies": { "express-session": "1" } }`,
      "src/a.ts": `export const a = (req: any) => { req.session.userId = "ada"; };\n`,
    });
    expect(upgraded(application)).toMatchObject({ files: [], notes: [expect.stringContaining(note)] });
  });

  test("none that is known: nothing is declared, and what can be done is done", () => {
    const application = createApplication({
      "src/a.ts": `import type { Request } from "./request.js";\nexport const a = (req: Request) => (req.session as any).userId;\n`,
    });
    const result = upgraded(application);
    expect(result).toMatchObject({ host: undefined, sessionFile: undefined });
    expect(rungsOf(result)).toEqual([1]);
  });
});

describe("what hides a session's type goes", () => {
  test.each([
    ["as X", `interface S { userId?: string }\nexport const a = (req: Request) => (req.session as S).userId;`],
    ["<X>", `interface S { userId?: string }\nexport const a = (req: Request) => (<S>req.session).userId;`],
    ["as unknown as X", `export const a = (req: Request) => (req.session as unknown as { userId?: string }).userId;`],
    [
      "as Session & { … }",
      `import type { Session } from "express-session";\nexport const a = (req: Request) => (req.session as Session & { userId?: string }).userId;`,
    ],
    ["(req as any).session", `export const a = (req: Request) => { (req as any).session.userId = "a"; };`],
    [
      "an alias of it",
      `export const a = (req: Request) => { const s = (req as any).session; s.userId = "a"; return s.userId; };`,
    ],
    ["an alias declared any", `export const a = (req: Request) => { const s: any = req.session; s.userId = "a"; };`],
    [
      "destructured",
      `export const a = (req: Request) => { const { userId } = req.session as { userId?: string }; return userId; };`,
    ],
    [
      "a request that is destructured itself",
      `interface Context { req: Request }\nexport const a = ({ req: { session } }: Context) => { (session as any).userId = "a"; };\nexport const b = ({ req: { session: { userId } } }: { req: any }) => userId;`,
    ],
    [
      "a session that a handler's parameter takes out",
      `import express from "express";\nexpress().get("/", ({ session, path }, res) => { (session as any).userId = path; res.json((session as any).userId); });\nexport const a = (req: Request) => (req.session as any).userId;`,
    ],
    ["a suppression", `export const a = (req: Request) => {\n  // @ts-ignore\n  req.session.userId = "a";\n};`],
    [
      "an expected error",
      `export const a = (req: Request) => {\n  // @ts-expect-error no types\n  req.session.userId = "a";\n};`,
    ],
    ["req: any", `export const a = (req: any) => { req.session.userId = "a"; };`],
    [
      "a helper that takes any",
      `const set = (session: any, id: string) => { session.userId = id; };\nexport const a = (req: Request) => set(req.session, "a");`,
    ],
    [
      "a request type of the application",
      `interface AppRequest extends Omit<Request, "session"> { session: any }\nexport const a = (req: AppRequest) => { req.session.userId = "a"; };`,
    ],
    [
      "a session that is given to a request which has one",
      `export const a = (req: Request & { session: any }) => { req.session.userId = "a"; };`,
    ],
    ["Object.assign", `export const a = (req: Request) => { Object.assign(req.session as any, { userId: "a" }); };`],
    [
      "delete",
      `export const a = (req: Request) => { (req.session as any).userId = "a"; delete (req.session as any).userId; };`,
    ],
    [
      "an optional chain",
      `export const a = (req: Request) => { (req as any).session.userId = "a"; return (req.session as any)?.userId; };`,
    ],
  ])("%s", (_, text) => {
    const application = app({ "src/a.ts": `${request}${text}\n` }, libraries.expressSession, { esModuleInterop: true });
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ userId: "string" });
    expect(new Set(rungsOf(result))).toEqual(new Set([1]));
    expect(application.read("src/a.ts")).not.toMatch(/as any|: any|@ts-/);
  });

  test("casts of a variable that holds the session", () => {
    const text = `${request}interface S { userId?: string }
export const a = (req: Request) => { const session = req.session; (session as any).userId = "a"; return (session as unknown as S).userId; };
const set = (session: Request["session"], id: string) => { (<any>session).userId = id; };
export const b = (req: Request) => set(req.session, "a");
`;
    const application = app({ "src/a.ts": text });
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ userId: "string" });
    expect(new Set(rungsOf(result))).toEqual(new Set([1]));
    expect(application.read("src/a.ts")).not.toMatch(/ as |<any>/);
  });

  test("casts of variables, under a compiler that knows no more than TypeScript 3.9", () => {
    const bundled = createRequire(import.meta.url).resolve("typescript");
    const application = app({
      "node_modules/typescript/package.json": `{ "name": "typescript", "version": "3.9.10" }`,
      "node_modules/typescript/index.js": `module.exports = { ...require(${JSON.stringify(bundled)}), isTypeAssertionExpression: undefined };\n`,
      "src/a.ts": `${request}export const a = (req: Request) => { const s = req.session; (<any>s).userId = "a"; return (s as any).userId; };\n`,
    });
    expect(new Set(rungsOf(upgraded(application)))).toEqual(new Set([1]));
  });

  test("under a compiler that knows no import type (TypeScript 3.7)", () => {
    const bundled = createRequire(import.meta.url).resolve("typescript");
    const application = app({
      "package.json": `{ "scripts": { "dev": "ts-node src/main.ts" } }`,
      "node_modules/typescript/package.json": `{ "name": "typescript", "version": "3.7.5" }`,
      "node_modules/typescript/index.js": `module.exports = { ...require(${JSON.stringify(bundled)}), version: "3.7.5" };\n`,
      "src/main.ts": `import { a } from "./a";\nconsole.log(a);\n`,
      "src/a.ts": `${request}import { sign } from "./b";\nexport const a = (req: Request) => sign((req as any).session);\n`,
      "src/b.ts": `export const sign = (session: any): string => session.userId;\n`,
    });
    expect(new Set(rungsOf(upgraded(application)))).not.toContain(4);
    expect(application.read("src/main.ts")).toContain(`import {} from "./session";`);
    expect(application.read("src/b.ts")).toMatch(/^import { .* } from "express/);
  });

  test("a variable of a session that may be missing says once that it is there", () => {
    const text = `import type { Context } from "koa";
export const save = (ctx: Context) => { const session = ctx.session as any; session.draft = "a"; session.at = 1; };
`;
    const application = app({ "src/a.ts": text }, libraries.koaSession, { types: ["koa-session"] });
    expect(rungsOf(upgraded(application))).toEqual([2, 1, 1]);
    expect(application.read("src/a.ts")).toContain("session = ctx.session!; session.draft =");
  });

  test("a cast that one use of a variable needs stays there, and all others go without", () => {
    const text = `${request}export const a = (req: Request) => {
  const session = req.session as any;
  session.userId = "ada";
  session.passport = { user: "ada" };
  return session.userId.length;
};
`;
    const application = app({ "src/a.ts": text });
    upgraded(application);
    expect(application.read("src/a.ts")).toContain("const session = req.session;");
    expect(application.read("src/a.ts")).toContain("(session as any).passport =");
  });

  test.each([
    ["a cast that gave the type, where there is no other", "as Shopper", "orders.push(1)"],
    ["a cast where the session stays any", "as any", "orders"],
  ])("%s stays", (_, cast, use) => {
    const text = `interface Shopper { orders: number[] }
interface AppRequest { session: any }
export const a = (req: AppRequest) => { const session = req.session ${cast}; return session.${use}; };
export const b = (req: AppRequest) => (req.session ${cast}).${use};
`;
    const result = upgraded(createApplication({ "src/a.ts": text }));
    expect(result).toMatchObject({ host: undefined, files: [] });
    expect(new Set(rungsOf(result))).toEqual(new Set([4]));
  });

  test.each([
    ["count++", "count!++"],
    ["--count", "--count!"],
    ["count += 2", "count! += 2"],
    ["stats.visits++", "stats!.visits++"],
    ["stats.visits -= 1", "stats!.visits -= 1"],
  ])("a counter, %s", (code, typed) => {
    const text = code.replace(/(count|stats)/, "(req.session as any).$1");
    const application = app({
      "src/a.ts": `${request}export const a = (req: Request) => { (req.session as any).count = 0; (req.session as any).stats = { visits: 0 }; };\nexport const b = (req: Request) => { ${text}; };\n`,
    });
    expect(rungsOf(upgraded(application))).toEqual([1, 1, 2]);
    expect(application.read("src/a.ts")).toContain(typed.replace(/(count|stats)/, "req.session.$1"));
  });

  test("implicit any, and keys in brackets, without noImplicitAny", () => {
    const loose = { strict: false, noImplicitAny: false };
    const text = `${request}export function a(req) { req.session.userId = "a"; }\nexport function b(req: Request) { return req.session["userId"]; }\n`;
    const application = app({ "src/a.ts": text }, libraries.expressSession, loose);
    expect(new Set(rungsOf(upgraded(application)))).toEqual(new Set([1]));
    expect(application.read("src/a.ts")).toContain("a(req: Request)");
  });

  test("a session parameter of Nest, and what getRequest() gives", () => {
    const text = `import { Controller, Post, Session, type ExecutionContext } from "@nestjs/common";
@Controller("auth")
export class AuthController {
  @Post("login")
  login(@Session() session: Record<string, any>) { session.userId = "ada"; }
}
export const isIn = (context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest();
  request.currentUser = request.session.userId;
  return Boolean(request.session.userId);
};
`;
    const options = { experimentalDecorators: true, emitDecoratorMetadata: true, lib: ["es2022"] };
    const application = app({ "src/a.ts": text }, libraries.nest, { ...options, types: ["express-session"] });
    expect(new Set(rungsOf(upgraded(application)))).toEqual(new Set([1]));
    expect(application.read("src/a.ts")).toContain('session: Request["session"]');
  });

  test("a helper's parameter that is declared as the library's session, without keys", () => {
    const application = app({
      "src/a.ts": `import type { Request } from "express";
import type { Session } from "express-session";
function setStep(session: Session | undefined, step: number) { (session as any).step = step; }
const stepOf = (session: Session): number => (session as any).step;
const idOf = (session: Session) => session.id;
export const a = (req: Request) => { setStep(req.session, 1); return [stepOf(req.session), idOf(req.session)]; };
`,
    });
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ step: "number" });
    expect(application.read("src/a.ts")).toContain(
      'session: Request["session"] | undefined, step: number) { session!.step = step;',
    );
    expect(application.read("src/a.ts")).toContain("=> session.step!;");
    expect(rungsOf(result)).toEqual([2, 2]);
  });

  test("a ! on a variable that a key is destructured into counts where that is done", () => {
    const application = app({
      "src/a.ts": `${request}export const a = (req: Request) => { (req.session as any).user = { name: "ada" }; };
export const b = (req: Request) => { const { user } = req.session as any; return user.name; };
`,
    });
    expect(rungsOf(upgraded(application))).toEqual([1, 2, 1]);
    expect(application.read("src/a.ts")).toContain("return user!.name");
  });

  test("an added import ends as the one above it does", () => {
    const text = (end: string) => `import { b } from "./b"${end}
export const a = (req) => { req.session.userId = b }
`;
    const typeImport = 'import type { Request } from "express"';
    const application = app(
      { "src/b.ts": `export const b = "b";\n`, "src/a.ts": text(""), "src/c.ts": text(";") },
      libraries.expressSession,
      { strict: false },
    );
    upgraded(application);
    expect(application.read("src/a.ts")).toContain(`${typeImport}\n`);
    expect(application.read("src/c.ts")).toContain(`${typeImport};\n`);
  });

  test("an import that takes the place of one that nobody uses any more", () => {
    const application = app({
      "src/types.ts": `export interface AppRequest { session: { userId?: string } }\n`,
      "src/a.ts": `import { AppRequest } from "./types";\n\nexport const a = (req: any) => { (req as AppRequest).session.userId = "a"; };\n`,
    });
    upgraded(application);
    expect(application.read("src/a.ts")).toBe(
      `import type { Request } from "express";\n\nexport const a = (req: Request) => { req.session.userId = "a"; };\n`,
    );
  });

  test("types beside the declaration that goes with them", () => {
    const application = app({
      "src/types.d.ts": `import "express-session";

type User = {
  id: number;
};

type Item = { sku: string }

declare module "express-session" {
  interface SessionData {
    user: User;
    cart: Item[];
    seen: any;
  }
}
`,
      "src/a.ts": `${request}export const a = (req: Request) => { (req.session as any).seen = 1; return req.session.user; };\n`,
    });
    expect(keysOf(upgraded(application))).toMatchObject({ seen: "number" });
    expect(application.read("src/types.d.ts").trim()).toBe('import "express-session";');
  });

  test.each([
    ["Response", "export const b = (res: Response) => res.json(1);", "{ Response, Request }"],
    ["Router", "export const b = (req: any) => (req as Router as any).session.userId;", "{ Request }"],
  ])("an import of types from the same module takes the new one in, beside %s", (name, code, names) => {
    const text = `import type { ${name} } from "express";\nexport const a = (req: any) => { req.session.userId = "a"; };\n${code}\n`;
    const application = app({ "src/a.ts": text });
    upgraded(application);
    expect(application.read("src/a.ts").split("\n")[0]).toBe(`import type ${names} from "express";`);
  });

  test("types that only casts referred to, with the imports that only they need", () => {
    const application = app(
      {
        "src/theme.ts": `export type Theme = "dark" | "light";\n`,
        "src/a.ts": `import type { Request } from "express";
import type { Theme } from "./theme";

/** What we keep. */
interface Settings {
  theme: Theme;
}
interface Visit extends Partial<Settings> { userId?: string }
interface Kept { userId?: string }

export const a = (req: Request) => { (req.session as Visit).userId = "a"; return (req.session as unknown as Kept).userId; };
export const b = (): Kept => ({});

type First = { userId?: string };

type Last = { userId?: string };
export const c = (req: Request) => (req.session as First).userId ?? (req.session as Last).userId;

interface AtTheEnd { userId?: string }
export const d = (req: Request) => (req.session as AtTheEnd).userId;
`,
      },
      libraries.expressSession,
      { noUnusedLocals: true },
    );
    upgraded(application);
    expect(application.read("src/a.ts")).toBe(`import type { Request } from "express";

interface Kept { userId?: string }

export const a = (req: Request) => { req.session.userId = "a"; return req.session.userId; };
export const b = (): Kept => ({});

export const c = (req: Request) => req.session.userId ?? req.session.userId;

export const d = (req: Request) => req.session.userId;
`);
  });

  test("a handler that gets its request by context gets no annotation", () => {
    const text = `import express from "express";\nexport const router = express();\nrouter.get("/", (req, res) => res.json((req.session as any).userId));\nrouter.post("/", (req) => { (req as any).session.userId = "a"; });\n`;
    const application = app({ "src/a.ts": text }, libraries.expressSession, { esModuleInterop: true });
    upgraded(application);
    expect(application.read("src/a.ts")).toContain('"/", (req, res) => res.json(req.session.userId)');
  });
});

describe("declarations are repaired", () => {
  test("dead and scattered ones become the one registration; what belongs to a library stays", () => {
    const application = app({
      "src/types/dead.d.ts": `declare namespace Express { interface SessionData { userId: string } }\n`,
      "src/types/live.d.ts": `import "express-session";\ndeclare module "express-session" {\n  interface SessionData {\n    passport: { user: string };\n    theme: any;\n  }\n}\n`,
      "src/a.ts": `${request}export const a = (req: Request) => { (req.session as any).userId = "a"; (req.session as any).theme = "dark"; return req.session.passport?.user; };\n`,
    });
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ userId: "string", theme: "string" });
    expect(application.read("src/types/dead.d.ts").trim()).toBe("");
    expect(application.read("src/types/live.d.ts")).toContain("passport: { user: string };");
    expect(application.read("src/types/live.d.ts")).not.toContain("theme");
  });

  test("an application that is typed stays as it is", () => {
    const declaration = `import "express-session";\ndeclare module "express-session" { interface SessionData { userId: string } }\n`;
    const application = app({
      "src/session.d.ts": declaration,
      "src/a.ts": `${request}export const a = (req: Request) => req.session.userId;\n`,
    });
    expect(upgraded(application)).toMatchObject({ files: [], ledger: [], untypedBefore: 0, places: 1 });
  });

  test.each([
    ["a tsconfig that lists its files", { "package.json": "{}" }, { files: ["src/main.ts", "src/a.ts"] }],
    [
      "ts-node without --files",
      { "package.json": `{ "scripts": { "dev": "ts-node src/main.ts" } }` },
      { include: ["src"] },
    ],
  ])("%s: the entry imports the session file", (_, files, config) => {
    const application = app({
      ...files,
      "src/main.ts": `import { a } from "./a";\nconsole.log(a);\n`,
      "src/a.ts": `${request}export const a = (req: Request) => { (req.session as any).userId = "a"; };\n`,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          target: "es2022",
          lib: ["es2022", "dom"],
          strict: true,
          types: ["express-session"],
          outDir: "dist",
          ...commonjs,
        },
        ...config,
      }),
    });
    upgraded(application);
    expect(application.read("src/main.ts")).toContain('import type {} from "./session";');
  });

  test.each([
    ["the one folder that it names", { include: ["src/server/**/*.ts"] }, "src/server/session.ts"],
    ["the topmost that it takes in", { include: ["src/server/api"] }, "src/server/api/session.ts"],
    ["sources as a whole", { include: ["src"] }, "src/session.ts"],
    ["none: it lists its files", { files: ["src/server/api/web/a.ts", "src/server/api/b.ts"] }, "src/session.ts"],
  ])("the session file goes where the tsconfig takes it in: %s", (_, config, place) => {
    const text = (key: string) => `${request}export const a = (req: Request) => { req.session.${key} = "a"; };\n`;
    const application = app(
      {
        "src/server/api/web/a.ts": text("userId"),
        "src/server/api/b.ts": text("city"),
        "tsconfig.json": JSON.stringify({
          compilerOptions: { target: "es2022", lib: ["es2022"], strict: true, types: ["express-session"], ...commonjs },
          ...config,
        }),
      },
      libraries.oldExpressSession,
    );
    upgraded(application);
    expect(application.read(place)).toContain("userId?: string;");
  });

  test("a tsconfig that lists its files, all of them scripts: none is changed for a session file that it would not see", () => {
    const text = `const who = (req: import("express").Request): string => (req.session as any).userId;\n`;
    const application = app({
      "src/main.ts": text,
      "tsconfig.json": JSON.stringify({
        compilerOptions: { target: "es2022", lib: ["es2022"], strict: true, types: ["express-session"], ...commonjs },
        files: ["src/main.ts"],
      }),
    });
    const byCli = upgradeProjects({ directory: application.folder, schema: "types" });
    const result = upgraded(application);
    expect(result.files).toEqual(byCli.files);
    expect(application.read("src/main.ts")).toBe(text);
  });
});

describe("a key holds what the code puts into it and reads from it", () => {
  test.each([
    [
      "object literals are merged member by member",
      `s.user = { id: 1, name: "a" }; s.user = { id: 2, phone: "1" };`,
      { user: "{ id: number; name?: string; phone?: string }" },
    ],
    [
      "a partial read makes no member optional",
      `s.car = { id: 1, plate: "a" }; s.car.plate.length; const show = (car: { plate: string; color?: string }) => car; show(s.car);`,
      { car: "{ id: number; plate: string; color?: string }" },
    ],
    [
      "an empty list says nothing of its elements",
      `s.cart = []; s.cart.push({ sku: "tea" });`,
      { cart: "{ sku: string }[]" },
    ],
    ["a list that is written as itself and more", `s.read = [...(s.read || []), String(1)];`, { read: "string[]" }],
    [
      "a parameter that takes anything asks for nothing",
      `s.user = { id: JSON.parse("1") }; ((id: {}) => id)(s.user.id); ((id: string) => id)(s.user.id);`,
      { user: "{ id: string }" },
    ],
    ["a text method's result", `s.name = JSON.parse("{}").name.trim();`, { name: "string" }],
    ["the default where it is destructured", `const { coupon = "none" } = s; [coupon];`, { coupon: "string" }],
    ["a null that is written", `s.team = "a"; s.team = null;`, { team: "string | null" }],
    ["what it is passed to, where nothing is written", `((id: number) => id)(s.owner);`, { owner: "number" }],
    ["what it is compared with", `if (s.role === "admin") s.id;`, { role: "string" }],
    ["a library's keys are its own", `s.passport = { user: 1 }; s.mine = true;`, { mine: "boolean" }],
  ])("%s", (_, code, keys) => {
    const application = app({
      "src/a.ts": `${request}export function a(req: Request) { const s = req.session as any; ${code} }\n`,
    });
    const result = upgradeProject({ directory: application.folder, schema: "types" });
    expect(result.newErrors).toEqual([]);
    expect(keysOf(result)).toEqual(keys);
  });

  test.each([
    ["an interface", "export interface Item { sku: string }", "cart?: Item[]"],
    ["an alias", "export type Item = { sku: string };", "cart?: Item[]"],
    ["one that it keeps for itself", "interface Item { sku: string }", "cart?: { sku: string }[]"],
    ["one that takes a type", "export interface Item<T = string> { sku: T }", "cart?: { sku: string }[]"],
  ])("where nothing checks it, plain data is referred to by its name: %s", (_, declared, written) => {
    const application = app({
      "src/items.ts": `${declared}\nexport const items: Item[] = [];\n`,
      "src/a.ts": `${request}import { items } from "./items";\nexport const a = (req: Request) => { (req.session as any).cart = items; };\n`,
    });
    upgraded(application);
    expect(application.read("src/session.ts")).toContain(`${written};`);
  });

  test.each([
    ["a test declares it", "src/items.test.ts", "types"],
    ["a schema checks it", "src/items.ts", "zod"],
  ] as const)("plain data is written out where %s", (_, file, schema) => {
    const zod = realpathSync(fileURLToPath(new URL("../../node_modules/zod", import.meta.url)));
    const application = app({
      "package.json": `{ "dependencies": { "zod": "*" } }`,
      [file]: `export interface Item { sku: string }\nexport const items: Item[] = [];\n`,
      "src/a.ts": `${request}import { items } from "./${file.slice("src/".length, -".ts".length)}";\nexport const a = (req: Request) => { (req.session as any).cart = items; };\n`,
    });
    symlinkSync(zod, application.path("node_modules/zod"));
    upgraded(application, { schema });
    expect(application.read("src/session.ts")).not.toContain("Item");
  });

  test("a class is referred to by its name", () => {
    const application = app({
      "src/user.ts": `export class User { constructor(readonly id: number) {} greet() { return "hi"; } }\n`,
      "src/a.ts": `${request}import { User } from "./user";\nexport function a(req: Request) { (req.session as any).user = new User(1); }\n`,
    });
    expect(keysOf(upgraded(application))).toEqual({ user: 'import("./user").User' });
    expect(application.read("src/session.ts")).toContain('import type { User } from "./user";');
  });

  test("a text of a form that a type says keeps it", () => {
    const application = app({
      "src/chain.ts": `export declare function balanceOf(address: \`0x\${string}\`): number;\n`,
      "src/session.d.ts": `declare namespace Express { interface SessionData { address: \`0x\${string}\` } }\n`,
      "src/a.ts": `${request}import { balanceOf } from "./chain";
export const set = (req: Request, text: string) => { (req.session as any).address = text as \`0x\${string}\`; };
export const a = (req: Request) => (req.session as any).address as string | undefined;
export const b = (req: Request) => balanceOf((req.session as any).address);
`,
    });
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ address: "`0x${string}`" });
    expect(new Set(rungsOf(result))).toEqual(new Set([1, 2]));
  });

  test("where a use contradicts the others, the use is cast, and the key keeps its type", () => {
    const application = app({
      "src/a.ts": `${request}export function a(req: Request) { (req.session as any).count = 1; }\nexport const b = (req: Request): string => (req.session as any).count;\n`,
    });
    const result = upgraded(application);
    expect(keysOf(result)).toEqual({ count: "number" });
    expect(rungsOf(result)).toEqual([1, 3]);
  });
});

describe("what is not to change does not", () => {
  test("doubles of tests go on compiling", () => {
    const application = app({
      "src/a.ts": `${request}export const a = (req: Request) => (req.session as any).userId as string;\n`,
      "src/a.test.ts": `${request}import { a } from "./a";\na({ session: {} } as any);\na({ session: { userId: "a" } } as unknown as Request);\n`,
    });
    upgraded(application);
    expect(application.read("src/a.test.ts")).toContain("a({ session: {} } as any);");
  });

  test("tabs, carriage returns and comments", () => {
    const text = `${request}export function a(req: Request) {\n\t// why\n\t(req.session as any).userId = "a"; /* then */\n}\n`;
    const application = app({ "src/a.ts": text.replaceAll("\n", "\r\n") });
    upgraded(application);
    expect(application.read("src/a.ts")).toBe(
      text.replace("(req.session as any)", "req.session").replaceAll("\n", "\r\n"),
    );
  });

  test("files that are excluded, though they are compiled", () => {
    const text = `${request}export const a = (req: Request) => { (req.session as any).userId = "a"; };\n`;
    const application = app({ "src/a.ts": text, "src/legacy/b.ts": text });
    upgraded(application, { exclude: ["src/legacy"] });
    expect(application.read("src/legacy/b.ts")).toBe(text);
    expect(application.read("src/a.ts")).not.toBe(text);
  });

  test("sites below the last rung that is allowed", () => {
    const text = `${request}export const set = (req: Request) => { (req.session as any).userId = "a"; };\nexport const a = (req: Request): string => (req.session as any).userId;\n`;
    const application = app({ "src/a.ts": text });
    expect(rungsOf(upgraded(application, { maxRung: 1 }))).toEqual([1, 4]);
  });

  test("anything, once it is undone", () => {
    const text = `${request}export const a = (req: Request) => { (req.session as any).userId = "a"; };\n`;
    const application = app({ "src/a.ts": text });
    upgraded(application);
    undoChanges(application.folder);
    expect(application.read("src/a.ts")).toBe(text);
    expect(() => application.read("src/session.ts")).toThrow("ENOENT");
  });
});

test("the session file is a schema where the application has a library for it", () => {
  const application = app({
    "package.json": `{ "dependencies": { "zod": "*" } }`,
    "src/a.ts": `${request}export const a = (req: Request) => { (req.session as any).userId = "a"; };\n`,
  });
  const zod = fileURLToPath(new URL("../../node_modules/zod", import.meta.url));
  symlinkSync(realpathSync(zod), application.path("node_modules/zod"));
  const result = upgradeProject({ directory: application.folder });
  expect(result).toMatchObject({ schema: "zod", newErrors: [] });
  writeChanges(result.files, application.folder);
  expect(application.read("src/session.ts")).toContain("userId: z.string().optional(),");
});

test("where the compiler can't read the library from the session file, that holds types alone, and says why", () => {
  const application = createApplication(
    {
      ...libraries.expressSession,
      "package.json": `{ "dependencies": { "arktype": "*" } }`,
      "src/a.ts": `${request}export const a = (req: Request) => { (req.session as any).userId = "a"; };\n`,
    },
    { module: "node16", types: ["express-session"] },
  );
  const arktype = fileURLToPath(new URL("../../node_modules/arktype", import.meta.url));
  symlinkSync(realpathSync(arktype), application.path("node_modules/arktype"));
  const result = upgradeProject({ directory: application.folder });
  expect(result).toMatchObject({ schema: "types", newErrors: [] });
  expect(result.notes).toEqual([expect.stringContaining("TS1479")]);
});

test("a type that a decorator's metadata would show in another file stays as it was", () => {
  const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true };
  const application = app(
    {
      "src/a.ts": `export interface AppRequest { session: any }
export const login = (req: AppRequest) => { req.session.userId = "ada"; };
export type UserId = NonNullable<AppRequest["session"]["userId"]>;
`,
      "src/b.ts": `import { UserId } from "./a";
declare const logged: MethodDecorator;
export class Users { @logged find(id: UserId) { return String(id); } }
`,
    },
    libraries.expressSession,
    { ...decorators, lib: ["es2022"], types: ["express-session"] },
  );
  const result = upgraded(application);
  expect(application.read("src/a.ts")).toContain("session: any");
  expect(result).toMatchObject({ emitFaults: [] });
  expect(result.ledger).toContainEqual(
    expect.objectContaining({ kind: "declaration", rung: 4, reason: expect.stringContaining("src/b.ts would change") }),
  );
});
