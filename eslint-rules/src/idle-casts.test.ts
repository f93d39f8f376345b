import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import fc from "fast-check";
import ts from "typescript";
import { applyEdits } from "typed-session-sites";
import { describe, expect, test } from "vitest";
import { plugin } from "./plugin.js";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.ESNext,
  strict: true,
  noUnusedLocals: true,
  types: [],
};

/** What the programs below have at hand. */
const shop = `
export interface User { name: string; plan?: string }
export interface Session { userId?: string; user?: User; cart: string[]; count: number; step: "a" | "b" }
export type Kinds = { kind: "guest"; cart: string[] } | { kind: "member"; cart: string[]; userId: string };
export interface Request { session: Session; url: string }
export interface KindRequest { session: Kinds }
export interface MaybeRequest { session?: Session }
export interface HostRequest { session: { id: string } & Partial<Session> }
export type HostSession = { id: string } & Partial<Session>;
export type Partly = HostRequest["session"];
export interface LooseRequest { session: any }
export declare function isString(value: unknown): value is string;
export declare function use(...values: unknown[]): void;
export declare function name(value: string): void;
export declare const context: { getRequest<T = any>(): T };
`;

const libraries = new Map<string, ts.SourceFile | undefined>();

function createProgram(text: string): ts.Program {
  const files = new Map([
    ["/shop.ts", shop],
    ["/file.ts", text],
  ]);
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const own = files.get(path);
    if (own !== undefined) return ts.createSourceFile(path, own, version, true);
    if (!libraries.has(path)) libraries.set(path, getSourceFile(path, version));
    return libraries.get(path);
  };
  return ts.createProgram(["/shop.ts", "/file.ts"], options, host);
}

/** What the compiler says of a text, and makes of it. */
function compile(text: string): { readonly errors: readonly string[]; readonly emitted: string | undefined } {
  const program = createProgram(text);
  const errors = ts.getPreEmitDiagnostics(program).map(({ code }) => `TS${code}`);
  let emitted: string | undefined;
  program.emit(program.getSourceFile("/file.ts"), (_path, output) => (emitted = output));
  return { errors: errors.sort(), emitted };
}

/** The text after `eslint --fix`. */
function fix(text: string): string {
  const config = [
    { files: ["**/*.ts"], languageOptions: { parser, parserOptions: { programs: [createProgram(text)] } } },
    { ...plugin.configs.recommended, rules: { "typed-session/no-session-cast": "error" } },
  ] satisfies Linter.Config[];
  const messages = new Linter({ cwd: "/" }).verify(text, config, "/file.ts");
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  const edits = messages.flatMap(({ fix: found }) =>
    found === undefined ? [] : [{ start: found.range[0], end: found.range[1], text: found.text }],
  );
  return applyEdits(text, edits);
}

/** A text without any of the casts that the programs here have. */
function withoutCasts(text: string): string {
  return text.replace(/\((\w+(?:\.\w+)?!?) as (?:Session|Request|Kinds|any)\)/g, "$1");
}

function program(body: string): string {
  const names = "Session, Kinds, Request, KindRequest, MaybeRequest, LooseRequest";
  return `import { isString, use, name, context, type User } from "./shop";
import type { ${names} } from "./shop";
use<${"unknown"}>;
export type Used = [${names}, User];
export function handle(req: Request, kindsReq: KindRequest, maybeReq: MaybeRequest, looseReq: LooseRequest) {
  use(isString, name, context, kindsReq, maybeReq, looseReq, req.url);
  ${body}
}
`.replace("use<unknown>;\n", "");
}

describe("a cast that gives the type which is there anyway is taken out", () => {
  test.each([
    ["(req.session as Session).cart;", "req.session.cart;"],
    ["(req.session as unknown as Session).cart;", "req.session.cart;"],
    ["(req as Request).session.cart;", "req.session.cart;"],
    ["const { session } = req as Request; use(session);", "const { session } = req; use(session);"],
    ["const s = req.session; (s as Session).cart = [];", "const s = req.session; s.cart = [];"],
    ["(looseReq.session as any).cart;", "looseReq.session.cart;"],
    [
      "(req.session as Session).cart = []; use((req.session as Session).count);",
      "req.session.cart = []; use(req.session.count);",
    ],
    ["(kindsReq.session as Kinds).cart;", "kindsReq.session.cart;"],
  ])("%s", (before, after) => {
    expect(fix(program(before))).toBe(program(after));
    expect(compile(program(after))).toEqual(compile(program(before)));
  });
});

test("by another name of the same type", () => {
  const text = (session: string) => `import type { HostRequest, Partly, HostSession } from "./shop";
export type Used = [Partly, HostSession];
type Own = HostRequest["session"];
export const own: Own[] = [];
export const userOf = (req: HostRequest) => [${session}.userId];
`;
  expect(fix(text("(req.session as Partly)"))).toBe(text("req.session"));
  expect(fix(text("(req.session as Own)"))).toBe(text("req.session"));
  // Another type, though it looks the same.
  expect(fix(text("(req.session as HostSession)"))).toBe(text("(req.session as HostSession)"));
});

describe("what the compiler would see with other eyes stays", () => {
  test.each([
    // The plain access is narrowed.
    "req.session.step = 'a'; if ((req.session as Session).step === 'b') use(1);",
    "(req.session as Session).userId = undefined; name((req.session as Session).userId!);",
    "(kindsReq.session as Kinds).kind = 'guest'; use((kindsReq.session as Kinds).kind === 'member');",
    "if ((kindsReq.session as Kinds).kind === 'guest') use((kindsReq.session as Kinds).cart.length);",
    "if (isString(looseReq.session.id)) (looseReq.session as any).id.getTime();",
    "const s = req.session; s.step = 'a'; if ((s as Session).step === 'b') use(s);",
    // The type is another one.
    "(req.session as any).cart;",
    "(maybeReq.session as Session).cart;",
    "(looseReq.session as Session).cart;",
    "(looseReq as unknown as Request).session.cart;",
    // The cast tells the call what to return.
    "(context.getRequest() as Request).session.cart;",
    "(context.getRequest().session as any).cart;",
    // A comment would be lost.
    "(\n    // why\n    req.session as Session\n  ).cart;",
  ])("%s", (body) => {
    expect(fix(program(body))).toBe(program(body));
  });

  test("an import that nothing else uses", () => {
    const text = `import type { Request, Session } from "./shop";
export const cartOf = (req: Request) => (req.session as Session).cart;
export const countOf = (req: Request) => (req.session as Session).count;
`;
    expect(fix(text)).toBe(text);
    expect(compile(withoutCasts(text)).errors).toEqual(["TS6196"]);
  });

  test("a type of the file's own that nothing else uses", () => {
    const text = `import type { Request } from "./shop";
type Own = Request["session"];
export const cartOf = (req: Request) => (req.session as Own).cart;
`;
    expect(fix(text)).toBe(text);
  });
});

const session = fc.constantFrom(
  "req.session",
  "(req.session as Session)",
  "(req as Request).session",
  "kindsReq.session",
  "(kindsReq.session as Kinds)",
  "maybeReq.session!",
  "(maybeReq.session! as Session)",
  "(maybeReq.session as Session)",
  "looseReq.session",
  "(looseReq.session as any)",
  "held",
  "(held as Session)",
);
const key = fc.constantFrom("userId", "user", "cart", "count", "step", "kind");
const access = fc.tuple(session, key).map(([object, name]) => `${object}.${name}`);
const condition = fc.oneof(
  access,
  access.map((each) => `isString(${each})`),
  access.map((each) => `${each} === "a"`),
  access.map((each) => `${each} === "guest"`),
  access.map((each) => `${each} !== undefined`),
  session.map((each) => `"userId" in ${each}`),
);
const use = fc.oneof(
  access.map((each) => `use(${each});`),
  access.map((each) => `name(${each});`),
  access.map((each) => `${each}.length;`),
  access.map((each) => `use(${each} === "b");`),
  access.map((each) => `${each} = undefined;`),
  access.map((each) => `${each} = "a";`),
  session.map((each) => `use(${each});`),
);
const statement = fc.oneof(
  use,
  fc.tuple(condition, use).map(([test, then]) => `if (${test}) { ${then} }`),
  fc.tuple(condition, use).map(([test, after]) => `if (!(${test})) return; ${after}`),
);
const body = fc.array(statement, { minLength: 1, maxLength: 6 });

/** `npm run test:long` tries more. */
const numRuns = process.env["TYPED_SESSION_RUNS"] === undefined ? 30 : 3000;

test("after a fix, the compiler says and emits what it did before: of generated programs", () => {
  let fixed = 0;
  fc.assert(
    fc.property(body, (statements) => {
      const text = program(["const held = req.session; use(held);", ...statements].join("\n  "));
      const after = fix(text);
      if (after === text) return;
      fixed += 1;
      expect(compile(after)).toEqual(compile(text));
    }),
    { numRuns },
  );
  expect(fixed).toBeGreaterThan(0);
});
