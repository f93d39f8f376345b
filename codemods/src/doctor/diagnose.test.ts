import { describe, expect, test } from "vitest";
import { createApplication, type TestApplication } from "../application.fixture.js";
import { diagnose } from "./diagnose.js";
import { formatDiagnosis } from "./format-diagnosis.js";

const imports = `import type { Request } from "./request.js";\n`;

/** The findings in short. */
function findings({ folder }: TestApplication): string[] {
  return diagnose({ directory: folder }).findings.map(
    ({ reason, fix, places }) => `${reason}: ${places.map(({ line }) => line).join()}: ${fix}`,
  );
}

test("an application whose sessions are typed has no finding", () => {
  const application = createApplication({
    "src/a.ts": `${imports}export const a = (req: Request) => [req.session.cart, req.session?.userId];\n`,
  });
  const diagnosis = diagnose({ directory: application.folder });
  expect(diagnosis).toMatchObject({
    sites: 2,
    typedSites: 2,
    findings: [],
    hosts: [],
    declaredAt: ["src/request.ts:4"],
  });
  expect(formatDiagnosis(diagnosis, application.folder)).toContain("Everything is typed.");
});

describe("each reason comes with what to do", () => {
  test.each([
    [
      "a cast or a comment hides the session's type",
      `${imports}export const a = (req: Request) => (req.session as any).cart;`,
      "typed-session-codemod transform",
    ],
    ["request is declared any", "\nexport const a = (req: any) => req.session.cart;", "the framework's Request"],
    ["request has no type", "\nexport function a(req) { return req.session.cart; }", "the framework's Request"],
    [
      "can't resolve the request's type",
      `import type { Request } from "missing";\nexport const a = (req: Request) => req.session.cart;`,
      "Install the package that declares it",
    ],
    ["request's type has no session", "\nexport const a = (req: { body: 1 }) => req.session.cart;", "types, typeRoots"],
    [
      "session is declared any",
      "\nexport const a = (req: { session: any }) => req.session.cart;",
      "Take that declaration out",
    ],
    [
      "takes any key",
      "\nexport const a = (req: { session: { [key: string]: any } }) => req.session.cart;",
      "update it to 1.17 or newer",
    ],
    [
      "a key is declared any",
      "\nexport const a = (req: { session: { cart: any } }) => req.session.cart;",
      "Give the key",
    ],
    ["a key is not declared", `${imports}export const a = (req: Request) => req.session.nope;`, "Declare it where"],
  ])("%s", (reason, text, fix) => {
    const application = createApplication({ "src/a.ts": `${text}\n` });
    expect(findings(application)).toEqual([expect.stringMatching(new RegExp(`${reason}: 2: .*${fix}`))]);
  });

  test("declarations that merge with nothing, and the keys that are missing on their account", () => {
    const application = createApplication({
      "src/express.d.ts": `declare namespace Express {\n  interface SessionData { basket: string[] }\n}\n`,
      "src/a.ts": `${imports}export const a = (req: Request) => req.session.basket;\n`,
    });
    expect(findings(application)).toEqual([
      expect.stringMatching(/^a key is declared where it merges with nothing: 2: Declare the keys in `declare module/),
      expect.stringMatching(/^Express\.SessionData merges with nothing: 2: Declare the keys in `declare module/),
    ]);
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

  test("without their types: the package to install is named", () => {
    const application = createApplication({
      "package.json": `{ "dependencies": { "express-session": "^1.17.0" } }`,
      "src/a.ts": "export const a = (req: { body: 1 }) => req.session.cart;\n",
    });
    expect(findings(application)).toEqual([
      "the request's type has no session: 1: npm install --save-dev @types/express-session",
    ]);
  });

  test("a package.json that is no JSON is no obstacle", () => {
    const application = createApplication({ "package.json": "{", "src/a.ts": "export {};\n" });
    expect(diagnose({ directory: application.folder }).hosts).toEqual([]);
  });
});
