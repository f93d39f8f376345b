import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { untypedTester } from "../rule-tester.fixture.js";
import { noV2SessionApi, removed } from "./no-v2-session-api.js";

test("the rule knows all that v3 does not export any more", () => {
  const [v2, v3] = ["index", "v3"].map((name) => fileURLToPath(new URL(`../../../src/${name}.ts`, import.meta.url)));
  const program = ts.createProgram([v2 ?? "", v3 ?? ""], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
  });
  const checker = program.getTypeChecker();
  const exportsOf = (path: string | undefined) => {
    const file = checker.getSymbolAtLocation(program.getSourceFile(path ?? "") ?? expect.fail(`${path} is missing`));
    return checker.getExportsOfModule(file ?? expect.fail(`${path} is no module`)).map(({ name }) => name);
  };
  const kept = exportsOf(v3);
  expect(kept).toContain("Request");
  expect(
    exportsOf(v2)
      .filter((name) => !kept.includes(name))
      .sort(),
  ).toEqual([...removed.keys()].sort());
});

untypedTester().run("no-v2-session-api", noV2SessionApi, {
  valid: [
    'import { Request, defineSession } from "typed-session";\nfunction f(request: Request) {}',
    'import { cast } from "ramda";\ncast(Session, request.session);',
    'import { ServerSideSessionBackend } from "typed-session/v3";\nnew ServerSideSessionBackend({ store });',
    'import { ServerSideSessionBackend } from "typed-session";\nnew ServerSideSessionBackend({ store, session });',
    'import { ServerSideSessionBackend } from "typed-session";\nnew ServerSideSessionBackend({ store, "session": s });',
    'import { ServerSideSessionBackend } from "typed-session";\nnew ServerSideSessionBackend({ ...options });',
    'import { ServerSideSessionBackend } from "typed-session";\nnew ServerSideSessionBackend(options);',
  ],
  invalid: [
    {
      code: 'import { cast } from "typed-session";\nconst a = cast(S, request.session);\nconst b = cast(S, request.session);',
      errors: [
        { messageId: "removed", line: 2, column: 11, endColumn: 15 },
        { messageId: "removed", line: 3 },
      ],
    },
    {
      code: 'import { type SessionDict as Dict } from "typed-session";\nlet session: Dict;',
      errors: [
        {
          messageId: "removed",
          data: { name: "SessionDict", instead: "Name the session's type, or say Record<string, unknown>" },
        },
      ],
    },
    {
      code: 'import type { DefaultSession } from "typed-session";\nlet session: DefaultSession;',
      errors: [{ messageId: "removed" }],
    },
    {
      code: 'import { cast, Request } from "typed-session";\nfunction f(request: Request) {}',
      output: 'import { Request } from "typed-session";\nfunction f(request: Request) {}',
      errors: [{ messageId: "unused", data: { name: "cast" } }],
    },
    {
      code: 'import { Request, cast } from "typed-session";\nfunction f(request: Request) {}',
      output: 'import { Request } from "typed-session";\nfunction f(request: Request) {}',
      errors: [{ messageId: "unused" }],
    },
    {
      code: 'export { cast, Request } from "typed-session";\nexport type { SessionDict as Dict } from "typed-session";',
      errors: [
        { messageId: "removed", data: { name: "cast", instead: removed.get("cast") }, line: 1 },
        { messageId: "removed", line: 2 },
      ],
    },
    // Without its only name, the import would be for the module's effects.
    { code: 'import { cast } from "typed-session";', output: null, errors: [{ messageId: "unused" }] },
    {
      code: 'import { ClientSideSessionBackend as Cookies } from "typed-session";\nnew Cookies({ secret });',
      errors: [{ messageId: "untypedBackend", data: { name: "ClientSideSessionBackend" }, line: 2, column: 5 }],
    },
  ],
});
