import { symlinkSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { createApplication, type TestApplication } from "../application.fixture.js";
import { CodemodError } from "../codemod-error.js";
import * as libraries from "../session-libraries.fixture.js";
import { transformProject } from "../transform-project.js";
import { upgradeProject } from "../upgrade-project.js";
import type { UpgradeProjectOptions, UpgradeResult } from "../upgrade-result.js";

const native = dirname(createRequire(import.meta.url).resolve("typescript-native/package.json"));

const users = `export interface User { name: string; theme?: "dark" | "light" }
export function find(id: string): User { return { name: id }; }
`;
const handlers = `import type { Request } from "express";
import { find, type User } from "./users.js";
export function login(req: Request): void {
  (req.session as any).userId = "ada"; // ä😀
  (req.session as any).user = find("ada");
}
export const who = (req: Request): User => find((req.session as any).userId);
export function theme(req: any) {
  const user: User = req.session.user;
  return user.theme;
}
export const visits = (req: Request): number => { const { session } = req as any; return (session.visits || 0) + 1; };
`;
const app = (packages: Record<string, string>) => ({ ...packages, "src/users.ts": users, "src/handlers.ts": handlers });

/** Without the cast, the compiler would write the member's value in its place. */
const levels = {
  "src/levels.ts": `import type { Request } from "express";
export const enum Level { High = 3 }
declare module "express-session" { interface SessionData { levels: typeof Level; visits: number } }
export const high = (req: Request) => (req.session as any).levels!.High;
`,
  "src/visits.ts": `import type { Request } from "express";
export const visits = (req: Request): number => (req.session as any).visits ?? 0;
`,
};

const fastify = handlers.replace(
  'import type { Request } from "express";',
  'import type { FastifyRequest as Request } from "fastify";\nimport type {} from "@fastify/session";',
);

/** All that an upgrade decides. A reason may list a type's alternatives in another order. */
function decisionsOf({ compiler: _, ledger, ...rest }: UpgradeResult) {
  return { ...rest, ledger: ledger.map(({ reason, ...row }) => ({ ...row, code: reason?.slice(0, 7) })) };
}

function upgrade({ folder }: TestApplication, engine?: UpgradeProjectOptions["engine"]): UpgradeResult {
  return upgradeProject({ directory: folder, schema: "types", ...(engine === undefined ? {} : { engine }) });
}

describe("the native engine", () => {
  test.each([
    ["express-session", app(libraries.expressSession), { types: ["express-session"] }],
    [
      "express-session, declarations emitted",
      app(libraries.expressSession),
      { types: ["express-session"], declaration: true },
    ],
    ["express-session, const enums", { ...libraries.expressSession, ...levels }, { types: ["express-session"] }],
    ["express-session before 1.17.1", app(libraries.oldExpressSession), { types: ["express-session"] }],
    ["cookie-session", app(libraries.cookieSession), { types: ["cookie-session"] }],
    ["@fastify/session", { ...app(libraries.fastifySession), "src/handlers.ts": fastify }, {}],
    [
      "express-session, errors before",
      {
        ...app(libraries.expressSession),
        "src/broken.ts": `import { who } from "./handlers.js";\nconst é: number = who({} as any);\n`,
      },
      { types: ["express-session"] },
    ],
  ])("decides as the js engine does: %s", (_, files, options) => {
    const application = createApplication(files, options);
    const [js, other] = [upgrade(application, "js"), upgrade(application, "native")];
    expect(js.files.length).toBeGreaterThan(0);
    expect(other.compiler).toContain("TypeScript 7.0.2 of this tool");
    expect(decisionsOf(other)).toEqual(decisionsOf(js));
  });

  test.each([
    ["baseUrl", { baseUrl: ".", ignoreDeprecations: "6.0" }],
    ["moduleResolution=node10", { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" }],
    ["target=ES5", { target: "es5", lib: ["es2022"], ignoreDeprecations: "6.0" }],
  ])("is refused where it has dropped an option of the application: %s", (option, options) => {
    const application = createApplication(app(libraries.expressSession), { types: ["express-session"], ...options });
    expect(() => upgrade(application, "native")).toThrow(CodemodError);
    expect(() => upgrade(application, "native")).toThrow(option);
    expect(upgrade(application).compiler).not.toContain("TypeScript 7");
  });

  test("is the default where the application's own compiler is native, for transforms too", () => {
    const application = createApplication(app(libraries.expressSession), { types: ["express-session"] });
    mkdirSync(application.path("node_modules"), { recursive: true });
    symlinkSync(native, application.path("node_modules/typescript"), "junction");
    expect(upgrade(application).compiler).toContain("TypeScript 7.0.2 of the application");
    expect(upgrade(application, "js").compiler).not.toContain("TypeScript 7");
    const transformed = transformProject({ directory: application.folder, transforms: ["remove-session-casts"] });
    expect(transformed.compiler).toContain("TypeScript 7.0.2 of the application");
  });
});
