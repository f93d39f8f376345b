import { typedTester, untypedTester } from "../rule-tester.fixture.js";
import { noSessionCast } from "./no-session-cast.js";

/** A case with one report, and the text that its suggestion gives. */
function becomes<Id extends "sessionCast" | "requestCast" | "castCall" | "suppression">(
  code: string,
  output: string,
  messageId: Id,
  data: Readonly<Record<string, string>> = {},
) {
  return { code, errors: [{ messageId, data, suggestions: [{ messageId: "remove" as const, output }] }] };
}

untypedTester().run("no-session-cast", noSessionCast, {
  valid: [
    "req.session.userId;",
    "const { cart } = req.session!;",
    "(req.body as any).session;",
    "const value = request.headers as any;",
    "stripe.checkout.session as any;",
    "(await getServerSession()) as any;",
    "const session = await getIronSession(jar, o); (session as any).user;",
    "(ctx.session as any).user;",
    "const { session } = req;",
    "const { session } = event as any;",
    "(session as any).user;",
    `import { cast } from "other"; cast(Session, request.session);`,
    "// @ts-ignore\nfoo.bar = req.sessionStore;",
    "// @ts-ignore: not this line\n\nconst x = 1;\nreq.session.userId;",
    "const text = '(req.session as any).userId';",
    // Another variable of that name.
    "const { session } = req; { const session = f(); (session as any).cart; }",
    "const { session: { cart } } = req; (cart as any).length;",
    "const cart = req.session.cart; (cart as any).length;",
    "const other = req.session && f; (other as any).cart;",
  ],
  invalid: [
    becomes("(req.session as any).userId;", "req.session.userId;", "sessionCast", { type: "any" }),
    becomes("(req.session as unknown as AppSession).cart;", "req.session.cart;", "sessionCast", { type: "AppSession" }),
    becomes("const session = <any>request.session;", "const session = request.session;", "sessionCast", {
      type: "any",
    }),
    becomes("(req?.session as any).user;", "(req?.session).user;", "sessionCast", { type: "any" }),
    becomes("(req.session as any)!.user!;", "req.session!.user!;", "sessionCast", { type: "any" }),
    becomes("(req.session as {\n  userId: string;\n}).userId;", "req.session.userId;", "sessionCast", {
      type: "{ userId: string; }",
    }),
    becomes(
      'import { getIronSession } from "iron-session";\nconst session = await getIronSession<App>(jar, o); (session as any).user;',
      'import { getIronSession } from "iron-session";\nconst session = await getIronSession<App>(jar, o); session.user;',
      "sessionCast",
      { type: "any" },
    ),
    becomes(
      'import { getIronSession } from "iron-session";\n((await getIronSession<App>(jar, o)) as any).user;',
      'import { getIronSession } from "iron-session";\n(await getIronSession<App>(jar, o)).user;',
      "sessionCast",
      { type: "any" },
    ),
    becomes("const { session } = req as any;", "const { session } = req;", "requestCast", { type: "any" }),
    becomes(
      "const { session: { cart } } = <AppRequest>ctx.req;",
      "const { session: { cart } } = ctx.req;",
      "requestCast",
      { type: "AppRequest" },
    ),
    becomes("// @ts-ignore\nconst { session } = req;", "const { session } = req;", "suppression", {
      directive: "ts-ignore",
    }),
    becomes("(req as any).session.cart;", "req.session.cart;", "requestCast", { type: "any" }),
    becomes("(<AppRequest>req)['session'].cart;", "req['session'].cart;", "requestCast", { type: "AppRequest" }),
    becomes(
      `import { cast } from "typed-session";\nconst session = cast(AppSession, request.session);`,
      `import { cast } from "typed-session";\nconst session = request.session;`,
      "castCall",
    ),
    becomes("// @ts-ignore\nreq.session.userId = id;", "req.session.userId = id;", "suppression", {
      directive: "ts-ignore",
    }),
    becomes("// @ts-expect-error: untyped\nreq.session.userId = id;", "req.session.userId = id;", "suppression", {
      directive: "ts-expect-error",
    }),
    becomes("// @ts-ignore\n(req.session as any).userId = id;", "req.session.userId = id;", "sessionCast", {
      type: "any",
    }),
    becomes(
      `import Koa from "koa";\n(ctx.session as any).user;`,
      `import Koa from "koa";\nctx.session.user;`,
      "sessionCast",
      { type: "any" },
    ),
    // Variables that hold a session.
    becomes(
      "const { session } = req; (session as any).cart;",
      "const { session } = req; session.cart;",
      "sessionCast",
      {
        type: "any",
      },
    ),
    becomes("const s = req.session ?? {}; (<any>s).cart;", "const s = req.session ?? {}; s.cart;", "sessionCast", {
      type: "any",
    }),
    becomes(
      "const a = req.session; const b = a; (b as any).cart;",
      "const a = req.session; const b = a; b.cart;",
      "sessionCast",
      {
        type: "any",
      },
    ),
    becomes(
      "const a = req.session; const b = a; const c = b; const d = c; (d as any).cart;",
      "const a = req.session; const b = a; const c = b; const d = c; d.cart;",
      "sessionCast",
      { type: "any" },
    ),
    becomes(
      "const f = ({ session }: Request) => (session as Shop).cart;",
      "const f = ({ session }: Request) => session.cart;",
      "sessionCast",
      {
        type: "Shop",
      },
    ),
    becomes(
      'import { Session } from "@nestjs/common"; class A { m(@Session() s: Shop) { return (s as any).cart; } }',
      'import { Session } from "@nestjs/common"; class A { m(@Session() s: Shop) { return s.cart; } }',
      "sessionCast",
      { type: "any" },
    ),
    {
      code: "(\n  // until we have a type\n  req.session as any\n).userId;",
      errors: [{ messageId: "sessionCast", line: 3, suggestions: [] }],
    },
    {
      code: "(req.session as any).a = (req.session as any).b;",
      errors: [
        {
          messageId: "sessionCast",
          column: 2,
          endColumn: 20,
          suggestions: [{ messageId: "remove", output: "req.session.a = (req.session as any).b;" }],
        },
        {
          messageId: "sessionCast",
          suggestions: [{ messageId: "remove", output: "(req.session as any).a = req.session.b;" }],
        },
      ],
    },
  ],
});

const socket = `import type { LooseRequest, Request } from "./request.js";
declare const socket: { request: { url: string } };
`;

// A socket's request has no session by its own type: the cast gives it one, and hides nothing.
typedTester().run("no-session-cast, with types", noSessionCast, {
  valid: [
    `${socket}(socket.request as Request).session.userId;`,
    `${socket}const { session } = socket.request as Request; session.userId;`,
  ],
  invalid: [
    becomes(
      `${socket}((socket.request as Request).session as any).userId;`,
      `${socket}(socket.request as Request).session.userId;`,
      "sessionCast",
      { type: "any" },
    ),
    becomes(
      `${socket}(socket.request as any).session.userId;`,
      `${socket}socket.request.session.userId;`,
      "requestCast",
      { type: "any" },
    ),
    becomes(
      `${socket}(socket.request as LooseRequest).session.userId;`,
      `${socket}socket.request.session.userId;`,
      "requestCast",
      { type: "LooseRequest" },
    ),
  ],
});
