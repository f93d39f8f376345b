import { describe, expect, test } from "vitest";
import { app, upgraded } from "./upgraded.fixture.js";

const imports = `import type { Request } from "express";\nimport type { Session, SessionData } from "express-session";\n`;

/** What an application adds to the types of express-session. */
const augmentations = {
  "an augmented Session": "interface Session { userId?: string }",
  "an augmented SessionData": "interface SessionData { userId?: string }",
  both: "interface Session { userId?: string }\n  interface SessionData { cart?: string[] }",
};

/** Two helpers that are passed the session, one that writes it and one that reads it. */
const helpers = (
  type: string,
) => `${imports}function setStep(session: ${type}, step: number) { (session as any).step = step; }
const userOf = (session: ${type}): string | undefined => (session as any).userId;
export const a = (req: Request) => { setStep(req.session, 1); return userOf(req.session); };
export const login = (req: Request) => { (req.session as any).userId = "ada"; };
`;

const upgradeWith = (augmentation: string, text: string) => {
  const application = app({
    "src/session-types.d.ts": `import "express-session";\ndeclare module "express-session" {\n  ${augmentation}\n}\n`,
    "src/a.ts": text,
  });
  const result = upgraded(application);
  const rungs = result.ledger.filter(({ kind }) => kind !== "declaration").map(({ rung }) => rung);
  return { rungs, text: application.read("src/a.ts") };
};

describe.each(Object.entries(augmentations))("a helper's parameter, beside %s", (_, augmentation) => {
  test.each([
    ["Session", 'Request["session"]'],
    ["Session | undefined", 'Request["session"] | undefined'],
    ["Partial<Session>", 'Partial<Request["session"]>'],
    ["Partial<Session> | null", 'Partial<Request["session"]> | null'],
    ["Session & Record<string, any>", 'Request["session"]'],
    ["(Session & { [key: string]: any }) | undefined", 'Request["session"] | undefined'],
    ["Session & { step?: number }", 'Request["session"] & { step?: number }'],
  ])("%s", (written, expected) => {
    const { rungs, text } = upgradeWith(augmentation, helpers(written));
    expect(text).toContain(`const userOf = (session: ${expected})`);
    expect(text).not.toContain("as any");
    expect(rungs.every((rung) => rung <= 2)).toBe(true);
  });

  test.each(["Session & Partial<SessionData>", "Partial<SessionData>", "Session & { step?: number; userId?: string }"])(
    "%s has the keys, and stays",
    (written) => {
      const { rungs, text } = upgradeWith(augmentation, helpers(written));
      expect(text).toContain(`const userOf = (session: ${written})`);
      expect(text).not.toContain("as any");
      expect(rungs.every((rung) => rung <= 2)).toBe(true);
    },
  );
});

describe("keys that Session has by the application's own declaration, used without a cast", () => {
  const login = `export const login = (req: Request) => { (req.session as any).step = 2; };\n`;

  test("by a parameter", () => {
    const { text } = upgradeWith(
      augmentations["an augmented Session"],
      `${imports}const userOf = (session: Session | undefined) => session?.userId;\nexport const a = (req: Request) => userOf(req.session);\n${login}`,
    );
    expect(text).toContain('const userOf = (session: Request["session"] | undefined) => session?.userId;');
  });

  test("by a constant", () => {
    const { rungs, text } = upgradeWith(
      augmentations["an augmented Session"],
      `${imports}export const a = (req: Request) => { const session: Session | undefined = req.session; return session?.userId; };\n${login}`,
    );
    expect(text).toContain("const session = req.session; return session?.userId;");
    expect(rungs).toEqual([1]);
  });

  test("by a variable that is assigned later: its type stays, and so does the declaration that it needs", () => {
    const { text } = upgradeWith(
      augmentations["an augmented Session"],
      `${imports}export const a = (req: Request) => { let session: Session | undefined = req.session; session = undefined; return session; };\nexport const b = (req: Request) => { let session: Session | undefined; session = req.session; return session.userId; };\n${login}`,
    );
    expect(text).toContain("let session: Session | undefined = req.session;");
    expect(text).toContain("return session.userId;");
  });
});

test("a Session of the application's own is none of the library's", () => {
  const { text } = upgradeWith(
    augmentations["an augmented SessionData"],
    `import type { Request } from "express";\ninterface Session { id: string }\nconst idOf = (session: Session | undefined) => session?.id;\nexport const a = (req: Request) => idOf(req.session);\nexport const login = (req: Request) => { (req.session as any).step = 2; };\n`,
  );
  expect(text).toContain("const idOf = (session: Session | undefined) => session?.id;");
});
