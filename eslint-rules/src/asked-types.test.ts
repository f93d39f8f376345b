import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { expect, onTestFinished, test } from "vitest";
import { plugin } from "./plugin.js";

type ParserOptions = Parameters<typeof parser.parseForESLint>[1];

const project = {
  "tsconfig.json": `{ "compilerOptions": { "strict": true, "types": [] }, "include": ["src"] }`,
  "src/request.ts":
    "export interface Data { userId?: string; visits: number; extra: any }\n" +
    "export interface Request { session: Data; body: any; query: Record<string, string> }\n",
};

/** Lints files of one project by every rule, with types, and lists by file what was asked of the compiler about types. */
async function askedIn(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, readonly string[]>>> {
  const cwd = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-types-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  mkdirSync(join(cwd, "src"));
  for (const [name, text] of Object.entries(project)) writeFileSync(join(cwd, name), text);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, "src", name), text);

  const asked = Object.fromEntries(Object.keys(files).map((name) => [name, new Array<string>()]));
  const rules = Object.keys(plugin.rules).map((rule) => [`typed-session/${rule}`, "warn"] as const);
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: {
      files: ["**/*.ts"],
      languageOptions: { parser: spyingParser(asked), parserOptions: { projectService: true } },
      plugins: { "typed-session": plugin },
      rules: Object.fromEntries(rules),
    },
  });
  const results = await eslint.lintFiles(Object.keys(files).map((name) => join("src", name)));
  expect(results.flatMap(({ messages }) => messages.filter(({ fatal }) => fatal))).toEqual([]);
  return asked;
}

/** typescript-eslint's parser, with a type checker that notes each call of it under the file that was parsed last. */
function spyingParser(asked: Readonly<Record<string, string[]>>) {
  const spiedOn = new WeakSet<object>();
  let file: string[] | undefined;
  return {
    meta: parser.meta,
    parseForESLint(text: string, options: ParserOptions) {
      const parsed = parser.parseForESLint(text, options);
      const checker = parsed.services.program?.getTypeChecker();
      if (checker === undefined) throw new Error(`${options?.filePath} was parsed without types.`);
      if (!spiedOn.has(checker)) spyOn(checker, (method) => file?.push(method));
      spiedOn.add(checker);
      file = asked[basename(options?.filePath ?? "")];
      return parsed;
    },
  };
}

function spyOn(checker: object, note: (method: string) => void): void {
  for (const [method, own] of Object.entries(checker)) {
    if (typeof own !== "function") continue;
    Reflect.set(checker, method, (...args: unknown[]): unknown => {
      note(method);
      return Reflect.apply(own, checker, args);
    });
  }
}

const imports = 'import type { Request } from "./request";\n';

/** Functions that a rule which looks at types has much to ask about, and none of them a session. */
const plainFunctions = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `
export function plain${index}(req: Request, list: any[]) {
  const { name, [req.query["key"] ?? "b"]: other = list[0].name } = req.body as any;
  return list.map((each) => each.items![name].filter((item: any) => (item as { id: string }).id === other));
}
`,
  ).join("");

/** Functions with one session each, of each kind that the rules look at. */
const sessionFunctions = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `
export const cast${index} = (req: Request) => (req.session as any).userId;
export const idle${index} = (req: Request) => (req.session as Request["session"]).userId;
export const plain${index} = (req: Request) => { req.session.extra = 1; };
export const held${index} = ({ session }: Request) => session!.visits;
`,
  ).join("");

test("no type is asked for in a file without the word, nor in one that has no session", async () => {
  const asked = await askedIn({
    "without.ts": imports + plainFunctions(20),
    "comment.ts": `// Nothing of the session.\n${imports}${plainFunctions(20)}`,
    "friends.ts": `${imports}export const a = (stripe: any) => stripe.checkout.session.id;\n${plainFunctions(20)}`,
  });
  expect(asked).toEqual({ "without.ts": [], "comment.ts": [], "friends.ts": [] });
});

test("in a file with sessions, types are asked for there only", async () => {
  const asked = await askedIn({
    "small.ts": imports + sessionFunctions(2),
    "large.ts": imports + plainFunctions(50) + sessionFunctions(2) + plainFunctions(50),
    "more.ts": imports + sessionFunctions(20) + plainFunctions(50),
  });
  const [small = [], large, more = []] = Object.values(asked);
  expect(small).toContain("getTypeAtLocation");
  expect(large).toEqual(small);
  expect(more).toHaveLength(10 * small.length);
});
