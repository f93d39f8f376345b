import { describe, expect, test } from "vitest";
import { createApplication } from "./application.fixture.js";
import * as libraries from "./session-libraries.fixture.js";
import { transformProject } from "./transform-project.js";
import { app, commonjs, upgraded } from "./upgraded.fixture.js";

const express = `import type { Request } from "express";\n`;
const fastify = `import type { FastifyRequest as Request } from "fastify";\n`;
const http = `import type { IncomingMessage as Request } from "http";\n`;
const koa = `import type { Context } from "koa";\ntype Request = Context;\n`;

/** No types are compiled unless something imports them. */
const onlyImported = { types: [] };

describe("the last import of the session library's types goes with a cast", () => {
  test.each([
    ["express-session", libraries.expressSession, express, `import type { Session } from "express-session";`],
    ["express-session", libraries.expressSession1171, express, `import { Session } from "express-session";`],
    [
      "express-session",
      libraries.oldExpressSession,
      express,
      `import { SessionOptions as Session } from "express-session";`,
    ],
    ["cookie-session", libraries.cookieSession, express, `import Session from "cookie-session";`],
    [
      "@fastify/session",
      libraries.fastifySession,
      fastify,
      `import type { FastifySessionObject as Session } from "@fastify/session";`,
    ],
    [
      "@fastify/secure-session",
      libraries.secureSession,
      fastify,
      `import type { Session } from "@fastify/secure-session";`,
    ],
    ["koa-session", libraries.koaSession, koa, `import type { Session } from "koa-session";`],
    ["iron-session", libraries.ironSession6, http, `import type { IronSession as Session } from "iron-session";`],
  ])("%s: the session file imports them", (library, packages, request, last) => {
    const type = last.includes("import Session") ? "ReturnType<typeof Session>" : "Session";
    const text = `${request}${last}
export const login = (req: Request) => { (req as any).session.userId = "ada"; };
export const who = (req: Request): string => (req.session as ${type} & { userId: string }).userId;
`;
    const application = app({ "src/a.ts": text }, packages, { ...onlyImported, esModuleInterop: true });
    const { host, ledger } = upgraded(application);
    expect(host).toBe(library);
    expect(ledger.every(({ rung }) => rung <= 2)).toBe(true);
    expect(application.read("src/session.ts")).toContain(`import type {} from "${library}";`);
    expect(application.read("src/a.ts")).not.toMatch(/ as any| as Session |-session"|@fastify/);
  });

  test("another import that stays loads them: the session file needs none", () => {
    const text = `${express}import session = require("express-session");
export const login = (req: Request) => { (req as any).session.userId = "ada"; };
export const all = session({ secret: "s" });
`;
    const application = app({ "src/a.ts": text }, libraries.expressSession, onlyImported);
    upgraded(application);
    expect(application.read("src/session.ts")).not.toContain("import");
  });

  test("there is no session file to write: the first import stays, without names", () => {
    const cast = (name: string) =>
      `${express}import { type Session } from 'express-session';\nexport const ${name} = (req: Request) => (req.session as Session & { id: any }).id;\n`;
    const application = app({ "src/a.ts": cast("a"), "src/b.ts": cast("b") }, libraries.expressSession, onlyImported);
    const { sessionFile, ledger } = upgraded(application);
    expect(sessionFile).toBeUndefined();
    expect(ledger.map(({ rung }) => rung)).toEqual([1, 1]);
    const plain = (name: string) => `export const ${name} = (req: Request) => req.session.id;\n`;
    expect(application.read("src/a.ts")).toBe(`${express}import type {} from 'express-session';\n${plain("a")}`);
    expect(application.read("src/b.ts")).toBe(`${express}${plain("b")}`);
  });
});

test("an import of the application's own file stays, without names, where nothing else has the file compiled", () => {
  const application = app(
    {
      "src/a.ts": `${express}import type { Visit } from "./visit";\nexport const a = (req: Request) => { (req.session as Visit).userId = "ada"; };\n`,
      "src/visit.ts": `export interface Visit { userId?: string }\nexport const limit = 3;\n`,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...commonjs,
          target: "es2022",
          lib: ["es2022"],
          skipLibCheck: true,
          types: ["express-session"],
        },
        files: ["src/a.ts"],
      }),
    },
    libraries.expressSession,
  );
  upgraded(application);
  expect(application.read("src/a.ts")).toContain(`import type {} from "./visit";\n`);
});

test("a package whose types say nothing to other files goes with its last import", () => {
  const application = app({
    "node_modules/carts/package.json": `{ "name": "carts", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/carts/index.d.ts": `export interface Cart { sku: string }\n`,
    "src/a.ts": `${express}import type { Cart } from "carts";\nexport const a = (req: Request) => { (req.session as { id: string; cart?: Cart }).id; };\n`,
  });
  upgraded(application);
  expect(application.read("src/a.ts")).not.toContain("carts");
});

test("a transform alone leaves the import without names", () => {
  const application = createApplication(
    {
      ...libraries.expressSession,
      "src/a.ts": `${express}import type { Session } from "express-session";\nexport const a = (req: Request) => (req.session as Session & { id: any }).id;\n`,
    },
    { ...onlyImported, module: "preserve", moduleResolution: "bundler" },
  );
  const { ledger, files } = transformProject({ directory: application.folder, transforms: ["remove-session-casts"] });
  expect(ledger).toMatchObject([{ rung: 1 }]);
  expect(files.map(({ after }) => after)).toEqual([
    `${express}import type {} from "express-session";\nexport const a = (req: Request) => req.session.id;\n`,
  ]);
});
