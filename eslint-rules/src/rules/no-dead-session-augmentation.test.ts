import { typedTester, untypedTester } from "../rule-tester.fixture.js";
import { noDeadSessionAugmentation } from "./no-dead-session-augmentation.js";

const inExpressSession = 'declare module "express-session" { interface SessionData { … } }';

untypedTester().run("no-dead-session-augmentation, without types", noDeadSessionAugmentation, {
  valid: [
    'declare module "express-session" { interface SessionData { userId: string } }',
    'declare module "fastify" { interface Session { userId: string } }',
    'declare module "typed-session" { interface Register { session: AppSession } }',
    "interface SessionData { userId: string }",
    "namespace Shop { interface SessionData { userId: string } }",
    "declare global { namespace Express { interface User { session: string } } }",
    // Only the compiler knows the version that is installed.
    'declare module "iron-session" { interface IronSessionData { userId: string } }',
    'declare module "express-session" { interface SessionData { userId: string } interface Session { userId: string } }',
  ],
  invalid: [
    {
      code: "declare global { namespace Express { interface SessionData { userId: string } } }",
      errors: [
        {
          messageId: "deadWithHome",
          data: { name: "Express.SessionData", home: inExpressSession },
          line: 1,
          column: 48,
        },
      ],
    },
    {
      code: "declare namespace Express { export interface Session { userId: string } }",
      errors: [{ messageId: "deadWithHome", data: { name: "Express.Session", home: inExpressSession } }],
    },
    {
      code: 'declare module "express" { interface SessionData { userId: string } }',
      errors: [{ messageId: "deadWithHome", data: { name: 'SessionData of "express"', home: inExpressSession } }],
    },
    {
      code: 'declare module "express-serve-static-core" { interface Session { userId: string } }',
      errors: [{ messageId: "deadWithHome" }],
    },
    {
      code:
        'declare module "express-session" { interface SessionData { userId: string } }\n' +
        'declare module "express-session" { interface SessionData { cart: string[]; "userId": number } }',
      filename: "types.ts",
      errors: [
        {
          messageId: "duplicate",
          data: { key: "userId", name: 'SessionData of "express-session"', place: "types.ts:1" },
          line: 2,
        },
      ],
    },
  ],
});

typedTester().run("no-dead-session-augmentation, with types", noDeadSessionAugmentation, {
  valid: [
    'import "express-session";\ndeclare module "express-session" { interface SessionData { fresh: string } }',
    'import "iron-session-6";\ndeclare module "iron-session-6" { interface IronSessionData { userId: string } }',
    // It merges with nothing, and is the type of something all the same.
    `import "koa-session";
declare module "koa-session" {
  interface Session { userId: string }
  interface Context { session: Session | null }
}`,
  ],
  invalid: [
    {
      code: "declare global { namespace Express { interface SessionData { userId: string } } }\nexport {};",
      errors: [{ messageId: "deadWithHome", data: { name: "Express.SessionData", home: inExpressSession } }],
    },
    {
      code: 'import "iron-session";\ndeclare module "iron-session" { interface IronSessionData { userId: string } }',
      errors: [{ messageId: "deadWithHome", line: 2 }],
    },
    {
      code: 'import "koa-session";\ndeclare module "koa-session" { interface Session { userId: string } }',
      errors: [{ messageId: "dead" }],
    },
    {
      code: 'import "express-session";\ndeclare module "express-session" { interface SessionData { declaredElsewhere: string } }',
      errors: [{ messageId: "duplicate" }],
    },
  ],
});
