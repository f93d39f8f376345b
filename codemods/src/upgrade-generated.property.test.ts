import fc from "fast-check";
import { test } from "vitest";
import { nest } from "./session-libraries.fixture.js";
import { app, upgraded } from "./upgraded.fixture.js";

/** Expressions that are the session of `req`, with what people put around it. */
const session = fc.constantFrom(
  "req.session",
  "req.session!",
  "(req.session as any)",
  "(<any>req.session)",
  "(req as any).session",
  "((req as any).session as any)",
  "(req.session as unknown as Shop)",
  "(req.session as Record<string, any>)",
  "(/* why */ req.session as any)",
  "((req.session as any) as Shop)",
  '(req["session"] as any)',
  "(req as any)?.session",
  "(host.getRequest() as any).session",
);

const key = fc.constantFrom("userId", "cart", "count", "flash", "req");

/** An expression with a session in it, perhaps inside another one's arguments, keys and texts. */
const { expression } = fc.letrec<{ expression: string; read: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom('"ada"', "1", "[]", "undefined"),
  read: fc.oneof(
    fc.tuple(session, key).map(([from, name]) => `${from}.${name}`),
    fc.tuple(session, key).map(([from, name]) => `${from}?.${name}`),
    fc.tuple(session, key).map(([from, name]) => `${from}["${name}"]`),
    fc.tuple(session, key).map(([from, name]) => `(${from}.${name} as any)`),
    fc.tuple(session, key).map(([from, name]) => `${from}.${name}!`),
    fc.tuple(session, tie("expression")).map(([from, name]) => `${from}[${name} as string]`),
    session.map((from) => `Object.keys(${from})`),
    session.map((from) => `inner(${from})`),
  ),
  expression: fc.oneof(
    { maxDepth: 3 },
    tie("leaf"),
    tie("read"),
    tie("read"),
    tie("expression").map((inner) => `take(${inner})`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `take(${a}, ${b})`),
    tie("expression").map((inner) => "`a${" + inner + "}b`"),
    tie("expression").map((inner) => `(${inner} as any)`),
    tie("expression").map((inner) => `(take(${inner}) as any).session`),
    tie("expression").map((inner) => `(host.getRequest(${inner}) as any).session.userId`),
    tie("expression").map((inner) => `((<any>host.getRequest(${inner})).session as any).count`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(${a} ?? ${b})`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(${a} ? { a: ${b} } : undefined)`),
  ),
}));

const statement = fc
  .oneof(
    expression.map((value) => `take(${value});`),
    expression.map((value) => `if (take(${value})) return ${value};`),
    fc.tuple(session, key, expression).map(([to, name, value]) => `(${to} as any).${name} = ${value};`),
    fc.tuple(session, expression).map(([to, value]) => `Object.assign(${to} as any, { userId: ${value}, count: 1 });`),
    fc.tuple(session, key).map(([from, name]) => `delete (${from} as any).${name};`),
    fc
      .tuple(session, key, expression)
      .map(([from, name, value]) => `{ const { ${name}, flash: f = ${value} } = ${from} as any; take(${name}, f); }`),
    fc
      .tuple(session, key)
      .map(([from, name]) => `{ const s = ${from} as any; take(s.${name}, (s as any).${name}, { s }); }`),
    fc.tuple(session, key).map(([from, name]) => `{ const s: any = ${from}; s.${name} = take(s.${name}!); }`),
    key.map((name) => `{ const { session, body = session } = req as any; take((session as any).${name}, body); }`),
    key.map((name) => `{ const { session: { ${name} } }: any = req; take(${name}); }`),
    expression.map((value) => `{ const again = (request: any = ${value}) => request.session.cart; take(again); }`),
    session.map((from) => `{ const request: any = ${from}; take(request.session.userId, (request as any).session); }`),
    session.map((from) => `{ const request = ${from} as any; take((request as any).session.userId); }`),
    session.map((from) => `outer(${from});`),
  )
  .chain((text) => fc.constantFrom(text, text, text, `// @ts-ignore\n  ${text}`, `${text} // why`));

const handler = fc
  .tuple(
    fc.constantFrom("req: Request", "req: any", "req: Request & { session: any }"),
    fc.array(statement, { minLength: 1, maxLength: 3 }),
  )
  .map(([parameter, statements]) => (name: string) => {
    return `export function ${name}(${parameter}): any {\n  ${statements.join("\n  ")}\n}\n`;
  });

const heads = fc.subarray([
  'import { Session as Own } from "@nestjs/common";\nexport class A {\n  show(@Own() session: any) { return outer(session); }\n}\n',
  '/** What is kept. */\ndeclare module "express-session" { interface SessionData { count: number; request: { session: any } } }\n',
  "declare global {\n  namespace Express {\n    interface SessionData {\n      flash: string;\n    }\n  }\n}\n",
  "interface Shop {\n  userId: any;\n}\n",
]);

const common = `declare function take(...values: any[]): any;
declare const host: { getRequest<T = any>(...values: any[]): T };
function outer(session: any) { return inner(session); }
function inner(session: any) { return (session as any).userId ?? session.cart; }
`;

const application = fc.tuple(heads, fc.array(handler, { minLength: 2, maxLength: 5 })).map(([head, handlers]) => {
  const names = head.some((each) => each.includes("Shop")) ? "" : "type Shop = any;\n";
  const uses = handlers.some((each) => /\bRequest\b/.test(each("f")));
  const imports = uses ? 'import type { Request } from "express";\n' : "";
  return imports + head.join("\n") + names + common + handlers.map((each, index) => each(`handler${index}`)).join("\n");
});

test("whatever accesses are nested in one another, an upgrade keeps its promises", { timeout: 3_600_000 }, () => {
  const runs = process.env["TYPED_SESSION_RUNS"];
  fc.assert(
    fc.property(application, (text) => {
      upgraded(app({ "src/a.ts": text }, nest, { experimentalDecorators: true }));
    }),
    // A program takes a second: `npm test` runs a few, always the same.
    runs === undefined ? { numRuns: 3, seed: 7 } : { numRuns: Math.ceil(Number(runs) / 100) },
  );
});

test("two places that can't have the type of one request do not leave an error behind", () => {
  const text = `import type { Request } from "express";
${common}export function first(req: any): any {
  if (take(req.session[req.session["userId"] as string])) return req.session[req.session["userId"] as string];
  outer(req.session as Record<string, any>);
}
export function second(req: Request): any {
  { const again = (request: any = take(Object.keys(req.session))) => request.session.cart; take(again); }
}
export function third(): any {
  take(((<any>host.getRequest("a")).session as any).count ?? ((take("ada") as any).session ?? "ada"));
}
`;
  upgraded(app({ "src/a.ts": text }, nest, { experimentalDecorators: true }));
});
