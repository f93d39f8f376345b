import { typedTester, untypedTester } from "../rule-tester.fixture.js";
import { requireSessionType } from "./require-session-type.js";

const options: [{ registered: boolean }] = [{ registered: false }];
const engine = 'import { Request } from "typed-session";\n';
const express = 'import type { Request as AppRequest } from "typed-session/express";\n';

/** The types that have a session, where they come from, and the place of the session's type among their parameters. */
const requestTypes = [
  ["Request", "typed-session", 4],
  ["Connection", "typed-session", 4],
  ["WebSocket", "typed-session", 4],
  ["Request", "typed-session/express", 6],
  ["Request", "typed-session/nest", 6],
  ["Context", "typed-session/koa", 4],
  ["FastifyRequest", "typed-session/fastify", 8],
  ["Request", "typed-session/fetch", 1],
  ["Request", "typed-session/node", 1],
] as const;

/** A function that reads the session of a request, whose type is given some parameters. */
function read(name: string, module: string, parameters: number): string {
  const given = parameters === 0 ? "" : `<${Array(parameters).fill("P").join()}>`;
  return `import type { ${name} } from "${module}";\nconst f = (request: ${name}${given}) => request.session.a;`;
}

/** A program that registers a session. */
function registered(type: string): string {
  return `${engine}import type { SessionDefinition } from "typed-session";
declare module "typed-session" { interface Register { session: SessionDefinition<${type}> } }
export const f = (request: Request) => request.session.a;`;
}

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
    ...requestTypes.map(([name, module, place]) => ({ code: read(name, module, place), options })),
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
    ...requestTypes.map(([name, module, place]) => ({
      code: read(name, module, place - 1),
      options,
      errors: [{ messageId: "type" as const }],
    })),
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
    registered("{ a?: number }"),
    // It takes any key, and is no dict: it says what one of them is.
    registered("{ a?: number; [key: string]: unknown }"),
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
