import { untypedTester } from "../rule-tester.fixture.js";
import { noSessionNonNull } from "./no-session-non-null.js";

untypedTester().run("no-session-non-null", noSessionNonNull, {
  valid: [
    "req.session.userId;",
    "req.session?.userId ?? null;",
    "req.body.session.userId!;",
    "event.session!.userId!;",
    "other[req.session.userId]!;",
    "(req.session as any).userId;",
    "req.session.mode as const;",
  ],
  invalid: [
    { code: "req.session!.userId;", errors: [{ messageId: "nonNull", data: { what: "the session" }, endColumn: 13 }] },
    {
      code: "req.session.userId!.length;",
      errors: [{ messageId: "nonNull", data: { what: "'userId'" }, endColumn: 20 }],
    },
    { code: "req.session!.userId!;", errors: [{ messageId: "nonNull" }, { messageId: "nonNull" }] },
    { code: 'req.session["userId"]!;', errors: [{ messageId: "nonNull", data: { what: "'userId'" } }] },
    { code: "(req.session as any)!.userId;", errors: [{ messageId: "nonNull" }] },
    { code: "f(req.session.userId as string);", errors: [{ messageId: "valueCast", data: { type: "string" } }] },
    { code: "f(<User>req.session.user);", errors: [{ messageId: "valueCast", data: { type: "User" } }] },
    {
      code: "const { session } = req;\nconst { userId: id, step } = session!;\nf(id!, step as Step);",
      errors: [
        { messageId: "nonNull", data: { what: "the session" }, line: 2 },
        { messageId: "nonNull", data: { what: "'userId'" }, line: 3 },
        { messageId: "valueCast", data: { type: "Step" }, line: 3 },
      ],
    },
    { code: "req.session?.userId!.length;", errors: [{ messageId: "nonNull", data: { what: "'userId'" } }] },
    {
      code: 'import { Session } from "@nestjs/common"; class A { m(@Session() s: Shop) { return s.userId!; } }',
      errors: [{ messageId: "nonNull", data: { what: "'userId'" } }],
    },
    { code: 'request.session.get("userId")!;', errors: [{ messageId: "nonNull", data: { what: "'userId'" } }] },
    { code: "const { session } = req!;\nreq.session!.a;", errors: [{ messageId: "nonNull", line: 2 }] },
  ],
});
