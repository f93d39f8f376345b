import { describe } from "vitest";
import { typedTester, untypedTester } from "../rule-tester.fixture.js";
import { noUntypedSessionAccess } from "./no-untyped-session-access.js";

const iron = `import { getIronSession } from "iron-session";\n`;
const nest = `import { Body, Session } from "@nestjs/common";\n`;

/** A parameter of a Nest controller, and what is reported of it. */
function parameter(declaration: string, reason: string) {
  return {
    code: `${nest}class A { m(${declaration}) {} }`,
    errors: [{ messageId: "session" as const, data: { reason } }],
  };
}

/** A function on the first line whose parameter is a session, and has no type. */
function passed(code: string) {
  const data = { key: "cart", reason: "the session is declared any at file.ts:1" };
  return { code, errors: [{ messageId: "key" as const, data, line: 1 }] };
}

describe("without a project", () => {
  untypedTester().run("no-untyped-session-access", noUntypedSessionAccess, {
    valid: [
      "function f(req: Request) { return req.session.cart; }",
      "function f(req) { return req.session.cart; }",
      "const cart = req.session.cart;",
      "function f(req: any, other: Request) { return ((req) => req.session.cart)(other); }",
      "function f(event: any) { return event.session.cart; }",
      "function f({ session }: Request) { return session.cart; }",
      "function f({ session }: any) { return session.cart; }",
      `${nest}class A { m(@Session() session: AppSession) {} }`,
      `${nest}class A { m(@Body() session: any) {} }`,
      `import { Session } from "./decorators"; class A { m(@Session() session: any) {} }`,
      `class A { m(@Session() session: Record<string, any>) {} }`,
      "const session = await getIronSession<any>(jar, options); session.cart;",
      `import { getIronSession } from "./session";\nconst session = await getIronSession<any>(jar, options);`,
      `import { unsealData } from "iron-session";\nconst session = await unsealData<any>(seal, options);`,
      `${iron}const session = await getIronSession<AppSession>(jar, options); session.cart;`,
      `${iron}const session = await getIronSession(jar, options); session.cart;`,
      // no-session-cast has something to say here.
      "function f(req: any) { return (req.session as Session).cart; }",
    ],
    invalid: [
      {
        code: "function f(req: any) {\n  return req.session.cart;\n}",
        errors: [
          {
            messageId: "key",
            data: { key: "cart", reason: "'req' is declared any at file.ts:1" },
            line: 2,
            column: 10,
            endColumn: 21,
          },
        ],
      },
      {
        code: "const f = (req: any) => {\n  const { cart } = req.session;\n  return () => req.session[`user`];\n};",
        errors: [
          { messageId: "session", data: { reason: "'req' is declared any at file.ts:1" } },
          { messageId: "key", data: { key: "user", reason: "'req' is declared any at file.ts:1" } },
        ],
      },
      {
        code: "function f(req: any) {\n  const { session: { cart } } = req;\n}",
        errors: [
          {
            messageId: "key",
            data: { key: "cart", reason: "'req' is declared any at file.ts:1" },
            line: 2,
            column: 11,
            endColumn: 28,
          },
        ],
      },
      {
        code: "function f(req: Request) {\n  const session: any = req.session;\n  return session.cart;\n}",
        errors: [
          {
            messageId: "key",
            data: { key: "cart", reason: "the session is declared any at file.ts:2" },
            line: 3,
            column: 10,
          },
        ],
      },
      // A session that iron-session opens: said once, where that is.
      {
        code: `${iron}async function f() {\n  const session = await getIronSession<any>(jar, options);\n  return session.cart;\n}`,
        errors: [
          {
            messageId: "session",
            data: { reason: "the session is declared any at file.ts:3" },
            line: 3,
            column: 19,
            endColumn: 58,
          },
        ],
      },
      {
        code: `${iron}const cart = async () => (await getIronSession<any>(jar, options)).cart;`,
        errors: [{ messageId: "key", data: { key: "cart", reason: "the session is declared any at file.ts:2" } }],
      },
      {
        code: `import { getIronSession as open } from "iron-session";\nexport const sessionOf = () => open<any>(jar, options);`,
        errors: [{ messageId: "session", data: { reason: "the session is declared any at file.ts:2" } }],
      },
      // A parameter that the file itself passes a session to, from hand to hand.
      passed("function forget(session: any) { return session.cart; }\nforget(req.session);"),
      passed("function forget(session: any = {}) { return session.cart; }\nforget(req.session);"),
      passed("const forget = (session: any) => session.cart;\nforget(req.session);"),
      passed("const forget = function (session: any) { return session.cart; };\nforget(req?.session);"),
      passed(
        "function last(session: any) { return session.cart; }\nfunction first(s: S) { last(s); }\nfirst(req.session);",
      ),
      // Said once, where the session is taken.
      {
        code: "function f(req: any) { const { session } = req; return session.a + session.b; }",
        errors: [{ messageId: "session" }],
      },
      parameter("@Session() session: Record<string, any>", "the parameter 'session' is declared Record<string, any>"),
      parameter("@Session() visit: { [key: string]: any }", "the parameter 'visit' is declared { [key: string]: any }"),
      parameter("@Session() s", "the parameter 's' has no type"),
      parameter("@Session() { cart }: any", "the parameter '{ cart }' is declared any"),
      {
        code: `import { Session as S } from "routing-controllers";\nclass A { m(@S() visit: any) {} }`,
        errors: [
          {
            messageId: "session",
            data: { reason: "the parameter 'visit' is declared any" },
            line: 2,
            column: 18,
            endColumn: 28,
          },
        ],
      },
      {
        code: "declare const request: any;\nrequest.session.userId = 1;",
        errors: [{ messageId: "key", data: { key: "userId", reason: "'request' is declared any at file.ts:1" } }],
      },
    ],
  });
});

const imports = `import type { IndexedRequest, LooseRequest, Request, VaultRequest } from "./request.js";\n`;

function untyped(code: string, ...data: Readonly<Record<string, string>>[]) {
  return {
    code: imports + code,
    errors: data.map((each) => ({
      messageId: each.key === undefined ? ("session" as const) : ("key" as const),
      data: each,
    })),
  };
}

describe("with a project", () => {
  typedTester().run("no-untyped-session-access", noUntypedSessionAccess, {
    valid: [
      `${imports}const f = (req: Request) => req.session.cart;`,
      `${imports}const f = (req: Request) => { const { userId } = req.session; return userId; };`,
      `${imports}const f = (req: LooseRequest) => (req.session as Request["session"]).cart;`,
      `${imports}const f = ({ session: { cart } }: Request) => cart;`,
      `${imports}const f = (req: Request) => { const { session } = req; return session.cart; };`,
      `${nest}class A { m(@Session() session: AppSession) {} }`,
      `import { Session } from "./decorators";\nclass A { m(@Session() session: Record<string, any>) {} }`,
      `${imports}const f = (req: { session: Record<string, string> }) => req.session.cart;`,
      `${imports}const f = (req: IndexedRequest, key: string) => req.session[key];`,
      `${imports}const f = (req: Request) => { const { session } = req; const { cart, userId } = session; return [cart, userId]; };`,
      `${imports}const f = (req: VaultRequest) => { req.session.set("userId", "ada"); return req.session.get("userId"); };`,
      `${iron}const f = async (jar, o) => { const s = await getIronSession<{ cart?: string[] }>(jar, o); return s.cart; };`,
      `${iron}const f = (jar, o) => getIronSession<{ cart?: string[] }>(jar, o);`,
      `${iron}const f = async (jar, o) => { const s = await getIronSession(jar, o); await s.save(); };`,
      `import { getIronSession } from "./session";\nconst f = async (jar) => { const s = await getIronSession<any>(jar); return s.cart; };`,
      // What the method is declared to give has a type, though the session has no such member.
      `${imports}const f = (req: VaultRequest) => req.session.get("visits");`,
      // no-session-cast has something to say here.
      `${imports}const f = (req: Request) => { const s = req.session; return (s as any).nope; };`,
    ],
    invalid: [
      untyped("const f = (req: any) => req.session.cart;", {
        key: "cart",
        reason: "'req' is declared any at file.ts:2",
      }),
      untyped("const f = (req) => req.session.cart;", { key: "cart", reason: "'req' has no type at file.ts:2" }),
      untyped("const f = (req: Missing) => req.session.cart;", {
        key: "cart",
        reason: "'req' is any, since the compiler can't resolve 'Missing' at file.ts:2",
      }),
      untyped("const f = (req: LooseRequest) => req.session.cart;", {
        key: "cart",
        reason: "the session is declared any at request.d.ts:12",
      }),
      untyped("const f = (req: LooseRequest) => { const session = req.session; return session.cart; };", {
        reason: "the session is declared any at request.d.ts:12",
      }),
      untyped("const f = ({ session }: LooseRequest) => session.cart;", {
        reason: "the session is declared any at request.d.ts:12",
      }),
      untyped("const f = ({ session: { cart } }: IndexedRequest) => cart;", {
        key: "cart",
        reason: "the session's type takes any key, by the index signature at request.d.ts:17",
      }),
      untyped("const f = (req: Request) => { const { session: { nope } = {} } = req; return nope; };", {
        key: "nope",
        reason: "the session's type does not declare 'nope'",
      }),
      untyped("const f = ({ session }: MissingRequest) => session;", {
        reason: "'{ session }' is any, since the compiler can't resolve 'MissingRequest' at file.ts:2",
      }),
      parameter("@Session() session: Record<string, any>", "the parameter 'session' is declared Record<string, any>"),
      untyped(
        "const f = (req: IndexedRequest) => { const { session } = req; const { a, b: c = 1 } = session; return [a, c]; };",
        { key: "a", reason: "the session's type takes any key, by the index signature at request.d.ts:17" },
        { key: "b", reason: "the session's type takes any key, by the index signature at request.d.ts:17" },
      ),
      {
        code: `${imports}const f = (req: Request) => {\n  const { userId, nope } = req.session;\n  return [userId, nope];\n};`,
        errors: [
          {
            messageId: "key",
            data: { key: "nope", reason: "the session's type does not declare 'nope'" },
            line: 3,
            column: 19,
          },
        ],
      },
      {
        code: `${iron}const f = async (jar, o) => { const s = await getIronSession<any>(jar, o); return s.cart; };`,
        errors: [{ messageId: "session", data: { reason: "the session is declared any at file.ts:2" } }],
      },
      {
        code: `${iron}const f = (jar, o) => getIronSession<any>(jar, o);`,
        errors: [{ messageId: "session", data: { reason: "the session is declared any at file.ts:2" } }],
      },
      {
        code: `${iron}const f = async (jar, o) => { const s = await getIronSession<Record<string, any>>(jar, o); return s.cart; };`,
        errors: [
          {
            messageId: "key",
            data: { key: "cart", reason: "the session's type takes any key, by the index signature" },
          },
        ],
      },
      untyped("const f = ({ session: { a, userId } }: Request) => [a, userId];", {
        key: "a",
        reason: "the session's type does not declare 'a'",
      }),
      untyped("const f = (req: Request) => { const s = req.session; return [s.userId, s.data]; };", {
        key: "data",
        reason: "'data' is declared any at request.d.ts:4",
      }),
      untyped("const key = 'flash'; const f = (req: IndexedRequest) => req.session[key];", {
        key: "flash",
        reason: "the session's type takes any key, by the index signature at request.d.ts:17",
      }),
      untyped("const f = (req: VaultRequest) => [req.session.get('userId'), req.session.get('lost')];", {
        key: "lost",
        reason: "the session's type does not declare 'lost'",
      }),
      untyped(`const f = (req: IndexedRequest) => req.session["cart"];`, {
        key: "cart",
        reason: "the session's type takes any key, by the index signature at request.d.ts:17",
      }),
      untyped("const f = (req: Request) => req.session.data;", {
        key: "data",
        reason: "'data' is declared any at request.d.ts:4",
      }),
      untyped("const f = (req: Request) => req.session.basket;", {
        key: "basket",
        reason: "'basket' is declared in Express.SessionData at request.d.ts:24, which merges with nothing",
      }),
      untyped("const f = (req: Request) => req.session.nope;", {
        key: "nope",
        reason: "the session's type does not declare 'nope'",
      }),
    ],
  });
});
