import { typedTester, untypedTester } from "../rule-tester.fixture.js";
import { requireSessionType } from "./require-session-type.js";

const options: [{ registered: boolean }] = [{ registered: false }];
const engine = 'import { Request } from "typed-session";\n';
const express = 'import type { Request as AppRequest } from "typed-session/express";\n';

untypedTester().run("require-session-type, without types", requireSessionType, {
  valid: [
    // Without types, somebody has to say whether one is registered.
    `${engine}function f(request: Request) { return request.session.a; }`,
    { code: `${engine}function f(request: Request) { return request.session.a; }`, options: [{ registered: true }] },
    { code: `${engine}function f(request: Request<U, A, S, AppSession>) { return request.session.a; }`, options },
    { code: `${engine}function f(request: Request) { return request.user; }`, options },
    { code: "function f(request: Request) { return request.session.a; }", options },
    { code: 'import { Request } from "express";\nfunction f(request: Request) { return request.session.a; }', options },
    { code: `${engine}function f(request) { return request.session.a; }`, options },
  ],
  invalid: [
    {
      code: `${engine}function f(request: Request) { return request.session.a + request.session.b; }`,
      options,
      errors: [
        {
          messageId: "type",
          data: { name: "Request", written: "Request<User, Auth, State, TSession>" },
          line: 2,
          column: 21,
          endColumn: 28,
        },
      ],
    },
    {
      code: `${engine}const f = ({ session }: Request<User>) => session.a;`,
      options,
      errors: [{ messageId: "type" }],
    },
    {
      code: `${express}const f = (req: AppRequest<Params>) => req.session.a;`,
      options,
      errors: [
        {
          messageId: "type",
          data: { name: "AppRequest", written: "Request<P, ResBody, ReqBody, ReqQuery, Locals, TSession>" },
        },
      ],
    },
    {
      code: 'import type { Context } from "typed-session/koa";\nconst f = (ctx: Context) => ctx.session.a;',
      options,
      errors: [{ messageId: "type" }],
    },
  ],
});

typedTester().run("require-session-type, with types", requireSessionType, {
  valid: [
    `${engine}export const f = (request: Request<1, 2, {}, { a: 1 }>) => request.session.a;`,
    `${engine}export const f = (request: Request) => request.user;`,
  ],
  invalid: [
    {
      code: `${engine}export const f = (request: Request<1>) => request.session.a;`,
      errors: [{ messageId: "type", line: 2 }],
    },
    {
      code: 'import type { Request } from "typed-session/fetch";\nexport const f = (request: Request) => request.session.a;',
      errors: [{ messageId: "type", data: { name: "Request", written: "Request<TSession>" } }],
    },
  ],
});
