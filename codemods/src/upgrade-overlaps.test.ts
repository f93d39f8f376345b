import { describe, expect, test } from "vitest";
import * as libraries from "./session-libraries.fixture.js";
import { transformProject } from "./transform-project.js";
import removeSessionCasts from "./transforms/remove-session-casts.js";
import { app, upgraded } from "./upgraded.fixture.js";

const request = `import type { Request } from "express";\n`;

describe("what touches the same text", () => {
  test("an import, and the declaration of keys that goes from where it would be added", () => {
    const application = app({
      "src/a.ts": `/** The keys. */
declare module "express-session" { interface SessionData { userId: string } }
export const who = (req: any): string => (req.session as any).userId;
export const add = (req: any) => { req.session.cart = [1]; };
`,
    });
    upgraded(application);
    expect(application.read("src/a.ts"))
      .toBe(`${request}export const who = (req: Request): string => req.session.userId!;
export const add = (req: Request) => { req.session.cart = [1]; };
`);
  });

  test("a read that two parameters lead to", () => {
    const text = `import { Session } from "@nestjs/common";
export class A {
  show(@Session() session: any) { return outer(session); }
}
function outer(session: any) { return inner(session); }
function inner(session: any): string { const { userId } = session; session.userId = "a"; return (session as any).userId + userId; }
`;
    const application = app({ "src/a.ts": text }, libraries.nest, { experimentalDecorators: true });
    upgraded(application);
    expect(application.read("src/a.ts")).toContain("return session.userId + userId;");
  });

  test("a read that is called `req`, and asked for a session in its turn", () => {
    const text = `${request}export const f = (request: Request) => {
  const req = request.session as any;
  (req as any).session.userId = 1;
  return (req as any).session.userId;
};
`;
    const application = app({ "src/a.ts": text });
    upgraded(application);
    expect(application.read("src/a.ts")).toContain("const req = request.session;");
  });

  test("declarations that merge with nothing, and share the blank line between them", () => {
    const block =
      "declare global {\n  namespace Express {\n    interface SessionData {\n      a: string;\n    }\n  }\n}\n";
    const { folder } = app({ "src/a.ts": `export {};\n\n${block}\n${block}` });
    const { files } = transformProject({ directory: folder, transforms: ["remove-dead-augmentation"] });
    expect(files.map(({ after }) => after.trim())).toEqual(["export {};"]);
  });
});

describe("of two changes that can't both be made, one is taken back, and the ledger says so", () => {
  test("an annotation that would go, and that would become another", () => {
    const text = `${request}export const f = (request: Request) => {
  const req: any = request.session;
  req.session.userId = 1;
  return req.session.userId;
};
`;
    const { ledger } = upgraded(app({ "src/a.ts": text }));
    expect(ledger.map(({ reason }) => reason)).toContain("it overlaps with req: any = request.session of line 3");
  });

  test("a declaration of keys, and a session inside it", () => {
    const text = `${request}declare module "express-session" { interface SessionData { request: { session: any }; userId: string } }
export const f = (req: Request) => (req.session.request!.session as any).a + (req.session as any).x;
`;
    const { ledger } = upgraded(app({ "src/a.ts": text }));
    expect(ledger.map(({ reason }) => reason)).toContain("it overlaps with session: any of line 2");
  });

  const nested = `import { cast } from "typed-session";
${request}declare function pick(x: any): new () => { id: string };
export const f = (req: Request) => cast(pick((req.session as any).cookie), req.session).id;
`;

  test("a call of cast(), and a cast among its arguments", () => {
    const { folder } = app({ "src/a.ts": nested }, { ...libraries.expressSession, ...libraries.typedSession });
    const { ledger, files } = transformProject({ directory: folder, transforms: ["remove-session-casts"] });
    expect(ledger.map(({ reason }) => reason)).toContain("it overlaps with req.session as any of line 4");
    expect(files.map(({ after }) => after)).toEqual([nested.replace("(req.session as any)", "req.session")]);
  });

  test("also by jscodeshift", () => {
    const after = removeSessionCasts({ path: "/application/a.ts", source: nested });
    expect(after).toBe(nested.replace("(req.session as any)", "req.session"));
  });
});
