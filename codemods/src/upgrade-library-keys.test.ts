import { describe, expect, test } from "vitest";
import { app, upgraded } from "./upgraded.fixture.js";

const context = `import type { Request } from "express";
declare module "express-session" { interface SessionData { userId?: string } }
export interface Context { getRequest<T = any>(): T }
`;

describe("keys that another library keeps on the session, and nobody declared", () => {
  test("where nothing else is read of a request, no cast is written for the sake of the request's type", () => {
    const text = `${context}export function roleOf(context: Context, set: (role: unknown) => void): void {
  const request = context.getRequest();
  const session = request.session;
  if (session?.passport?.user) {
    set(session.passport.user);
  }
}
`;
    const application = app({ "src/a.ts": text });
    const { ledger, files } = upgraded(application);
    expect(files).toEqual([]);
    expect(ledger.map(({ found, rung, isChanged }) => [found, rung, isChanged])).toEqual([
      ["request = context.getRequest()", 4, false],
      ["request.session", 4, false],
    ]);
  });

  test("the application's keys beside them are typed, and theirs alone keeps a cast", () => {
    const text = `${context}export function both(context: Context): unknown {
  const request = context.getRequest();
  const session = request.session;
  return session.userId ?? session.passport.user;
}
`;
    const application = app({ "src/a.ts": text });
    upgraded(application);
    expect(application.read("src/a.ts")).toContain("return session.userId ?? (session as any).passport.user;");
  });
});

test("evidence is told once, however often a declared key is read", () => {
  const reads =
    "export const a = (req: Request) => [req.session.userId, req.session.userId, (req.session as any).cart];";
  const { keys } = upgraded(app({ "src/a.ts": `${context}${reads}\n` }));
  const evidence = keys.find(({ key }) => key === "userId")?.evidence ?? [];
  const told = evidence.map(({ strength, line, found }) => `${strength} ${line} ${found}`);
  expect(told).toEqual([...new Set(told)]);
  expect(told.length).toBeGreaterThan(0);
});
