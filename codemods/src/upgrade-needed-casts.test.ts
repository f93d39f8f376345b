import { describe, expect, test } from "vitest";
import { diagnose } from "./doctor/diagnose.js";
import { app, upgraded } from "./upgraded.fixture.js";

const declared = `import type { Request } from "express";
declare module "express-session" { interface SessionData { userId?: string } }
export interface Socket { request: { url?: string } }
`;

describe("a cast that gives a request its session, as a socket's has none, is no disguise", () => {
  const text = `${declared}export const who = (socket: Socket) => (socket.request as Request).session.userId;
export const whose = (socket: Socket): string => ((socket.request as Request).session as any).userId;
export const which = (socket: Socket) => {
  const { session } = socket.request as Request;
  return (session as unknown as { userId?: string }).userId;
};
`;

  test("it stays, and the cast of the session goes", () => {
    const application = app({ "src/a.ts": text });
    const { ledger, untypedBefore } = upgraded(application);
    expect(application.read("src/a.ts"))
      .toBe(`${declared}export const who = (socket: Socket) => (socket.request as Request).session.userId;
export const whose = (socket: Socket): string => (socket.request as Request).session.userId!;
export const which = (socket: Socket) => {
  const { session } = socket.request as Request;
  return session.userId;
};
`);
    expect(untypedBefore).toBe(2);
    expect(ledger.map(({ rung }) => rung)).toEqual([2, 1]);
  });

  test("the diagnosis calls what is read through it typed", () => {
    const { findings } = diagnose({ directory: app({ "src/a.ts": text }).folder });
    expect(findings.flatMap(({ places }) => places.map(({ line }) => line))).toEqual([5, 8]);
  });

  test.each([
    ["a cast of a request that has a session", "(req: Request) => (req as Request & { url: string }).session.userId"],
    ["a cast to any", "(socket: Socket) => (socket.request as any).session.userId"],
    [
      "a cast to a type whose session is any",
      "(socket: Socket) => (socket.request as { session: any }).session.userId",
    ],
  ])("but for %s", (_what, code) => {
    const application = app({ "src/a.ts": `${declared}export const who = ${code};\n` });
    const { typedPlaces } = diagnose({ directory: application.folder });
    expect(typedPlaces).toBe(0);
  });
});
