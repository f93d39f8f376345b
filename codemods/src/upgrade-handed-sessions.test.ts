import { describe, expect, test } from "vitest";
import * as libraries from "./session-libraries.fixture.js";
import { app, upgraded } from "./upgraded.fixture.js";

test("where the framework alone hands sessions over, the session file stands beside what takes them", () => {
  const text = `import { Session } from "@nestjs/common";
export class Users {
  login(@Session() session: any, name: string) { session.userId = name; }
}
`;
  const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true };
  const application = app({ "src/users/a.ts": text, "src/b.ts": "export {};\n" }, libraries.nest, decorators);
  const { sessionFile, ledger } = upgraded(application);
  expect(sessionFile).toBe(application.path("src/session.ts"));
  expect(ledger.map(({ rung }) => rung)).toEqual([1, 1]);
});

describe("a parameter that takes the session apart gets its type", () => {
  const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true, noImplicitAny: false };

  test.each([
    ["{ userId }", '{ userId }: Request["session"]'],
    ["{ userId }: any", '{ userId }: Request["session"]'],
    ["{ userId }: Record<string, any>", '{ userId }: Request["session"]'],
    ["{ userId: id = 0, ...rest }: any", '{ userId: id = 0, ...rest }: Request["session"]'],
  ])("%s", (before, after) => {
    const textOf = (pattern: string) =>
      `  who(@Session() ${pattern}) { return ${pattern.includes("id =") ? "id" : "userId"}; }`;
    const text = `import { Session } from "@nestjs/common";
export class Users {
  login(@Session() session: any, id: number) { session.userId = id; }
${textOf(before)}
}
`;
    const application = app({ "src/a.ts": text }, libraries.nest, decorators);
    const { ledger } = upgraded(application);
    expect(application.read("src/a.ts")).toContain(textOf(after));
    expect(application.read("src/session.ts")).toContain("userId?: number;");
    expect(ledger.filter(({ rung }) => rung !== 1)).toEqual([]);
  });
});
