import { expect, test } from "vitest";
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
