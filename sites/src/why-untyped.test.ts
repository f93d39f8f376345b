import ts from "typescript";
import { describe, expect, test } from "vitest";
import { findSites } from "./find-sites.js";
import { typescriptTree } from "./trees/typescript.js";
import { describeUntyped, whyUntyped } from "./why-untyped.js";

const library = `
interface Array<T> {} interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {} interface String {}
`;

/** Why the first session in a program has no type, in words; `undefined` where it has one. */
function reason(
  text: string,
  others: Readonly<Record<string, string>> = {},
  asked: { beneath?: boolean } = {},
): string | undefined {
  const files = new Map(Object.entries({ "/a.ts": text, "/lib.d.ts": library, ...others }));
  const options: ts.CompilerOptions = { strict: true, noLib: true, types: [] };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
    getSourceFile: (name, target) => ts.createSourceFile(name, files.get(name) ?? "", target, true),
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const sourceFile = program.getSourceFile("/a.ts");
  const [site] = sourceFile ? findSites(typescriptTree(ts, sourceFile)) : [];
  if (!site) throw new Error("There is no session in the program.");
  const untyped = whyUntyped(program.getTypeChecker(), { ...site, ...asked });
  return untyped && describeUntyped(untyped, (path) => path.slice(1));
}

const typed = `interface Session { id: string; cart?: string[]; data: any; [count: \`n\${number}\`]: any }
interface Request { session: Session | undefined }\n`;

describe("a session with a type has nothing to explain", () => {
  test.each([
    "declare const req: Request;\nreq.session!.cart;",
    `declare const req: Request;\nreq.session!["cart"];`,
    "declare const req: Request;\nreq.session?.cart;",
    "declare const req: Request;\nconst session = req.session;",
    "declare const req: Request;\ndeclare const key: string;\nreq.session![key];",
    `declare const req: Request;\nconst key = "cart";\nreq.session![key];`,
    `declare const req: Request;\ndeclare const all: { [key: string]: string };\nall[req.session!.id];`,
    "declare const req: Request;\nconst { session } = req;",
    "declare const req: any;\nconst { session }: Request = req;",
    "declare const req: Request;\nconst { session: { cart, data } } = req;",
    "const f = ({ session: { cart } = { id: '', data: 1 } }: Request) => cart;",
    "declare const req: { session: Record<string, string> };\nreq.session.cart;\ntype Record<K extends string, T> = { [P in K]: T };",
  ])("%s", (text) => {
    expect(reason(typed + text)).toBeUndefined();
  });
});

describe("a session without one says why", () => {
  test.each([
    ["function f(req: any) { return req.session.cart; }", "'req' is declared any at a.ts:3"],
    ["function f(req) { return req.session.cart; }", "'req' has no type at a.ts:3"],
    [
      `declare const req: Request;\nconst key = "nope";\n(req.session!)[key];`,
      "the session's type does not declare 'nope'",
    ],
    [
      `declare const req: Request;\nenum Key { Data = "data" }\nreq.session?.[Key.Data];`,
      "'data' is declared any at a.ts:1",
    ],
    ["let context: { req: any };\ncontext.req.session;", "'context.req' is declared any at a.ts:3"],
    [
      "function f(req: Missing) { return req.session; }",
      "'req' is any, since the compiler can't resolve 'Missing' at a.ts:3",
    ],
    [
      "let req: { body: string };\nreq.session.cart;",
      "the type of 'req' has no session; the types of the session library may be missing",
    ],
    ["let req: { session: any };\nreq.session.cart;", "the session is declared any at a.ts:3"],
    [`let req: { session: any };\nreq["session"].cart;`, "the session is declared any at a.ts:3"],
    ["let req: { session: any };\nconst session = req.session;", "the session is declared any at a.ts:3"],
    ["let req: Request;\nreq.session!.data;", "'data' is declared any at a.ts:1"],
    ["let req: Request;\nreq.session!.basket;", "the session's type does not declare 'basket'"],
    [
      "let req: { session: { [key: string]: any } };\nreq.session.cart;",
      "the session's type takes any key, by the index signature at a.ts:3",
    ],
  ])("%s", (text, expected) => {
    expect(reason(typed + text)).toBe(expected);
  });

  test.each([
    ["function f(req: any) { const { session } = req; }", "'req' is declared any at a.ts:3"],
    ["let req: Request;\nconst { session }: any = req;", "'{ session }' is declared any at a.ts:4"],
    ["let req: { session: any };\nconst { session } = req;", "the session is declared any at a.ts:3"],
    ["let req: { session?: any };\nconst { session: { cart } } = req;", "the session is declared any at a.ts:3"],
    [
      "interface AppRequest { session: any }\nfunction f({ session = 1 }: AppRequest) {}",
      "the session is declared any at a.ts:3",
    ],
    [
      "function f({ session }: AppRequest) {}",
      "'{ session }' is any, since the compiler can't resolve 'AppRequest' at a.ts:3",
    ],
    [
      "interface AppRequest { body: string }\nconst f = ({ body,\n  session }: AppRequest) => 1;",
      "the type of '{ body, session }' has no session; the types of the session library may be missing",
    ],
    ["let req: Request;\nconst { session: { data } } = req;", "'data' is declared any at a.ts:1"],
    ["function f({ session: { basket } = {} }: Request) {}", "the session's type does not declare 'basket'"],
  ])("where it is destructured: %s", (text, expected) => {
    expect(reason(typed + text)).toBe(expected);
  });

  test("and names a declaration of the key that merges with nothing", () => {
    const dead = "declare namespace Express {\n  interface SessionData {\n    basket: string[];\n  }\n}\n";
    expect(reason(`${typed}let req: Request;\nreq.session!.basket;`, { "/express.d.ts": dead })).toBe(
      "'basket' is declared in Express.SessionData at express.d.ts:3, which merges with nothing",
    );
    expect(reason(`${typed}let req: Request;\nreq.session!.other;`, { "/express.d.ts": dead })).toBe(
      "the session's type does not declare 'other'",
    );
  });
});

describe("beneath a cast is what the request declares", () => {
  test.each([
    ["(req as any).session.cart;", undefined],
    ["(req as any).session.nope;", "the session's type does not declare 'nope'"],
    ["(req.session as any).data;", "'data' is declared any at b.ts:1"],
    [
      "(request as any).session.cart;",
      "the type of 'request' has no session; the types of the session library may be missing",
    ],
  ])("%s", (text, expected) => {
    const declared = `declare const req: Request;\ndeclare const request: { body: string };\n`;
    expect(reason(declared + text, { "/b.ts": typed }, { beneath: true })).toBe(expected);
  });
});
