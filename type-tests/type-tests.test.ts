import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tsd, { formatter } from "tsd";
import { describe, expect, test } from "vitest";
import { compile } from "./compile.js";
import { sortErrors } from "./their-errors.js";

const programs = ["unregistered", "registered"];

/** Their declarations with ours beside them are checked by the matrix under TypeScript 7, and here by `npm run test:long`. */
const check = process.env["npm_lifecycle_event"] === "test:long" ? "all" : "ours";

function errorsOf(tsconfig: string): string[] {
  return sortErrors("6.0", compile(tsconfig, { check }) ?? []).ours;
}

describe.each(programs)("%s", (program) => {
  test("tsd", async () => {
    const diagnostics = await tsd({ cwd: fileURLToPath(new URL(`tsd/${program}`, import.meta.url)) });
    expect(formatter(diagnostics)).toBe("");
  });
});

test.each([...programs, "schema-libraries"])("%s: ts-expect", (program) => {
  expect(errorsOf(`ts-expect/${program}/tsconfig.json`)).toEqual([]);
});

/** One program each: frameworks and hosts say different things of the same requests. */
const folders = ["adapters", "hosts"].flatMap((kind) =>
  readdirSync(new URL(kind, import.meta.url)).map((name) => `${kind}/${name}`),
);

test.each(folders)("%s", (folder) => {
  expect(errorsOf(`${folder}/tsconfig.json`)).toEqual([]);
});

/** Types that must not collapse, and how they look when they have. */
const collapses: readonly (readonly [string, string, RegExp, string])[] = [
  ["SessionDict", "types.d.ts", /SessionDict = .*;/, "SessionDict = any;"],
  ["SessionOf", "types.d.ts", /SessionOf<TSource> = /, "SessionOf<TSource> = any; type Unused<TSource> = "],
  ["DefaultSession", "types.d.ts", /DefaultSession = [^;]*;\n} \? [^;]*;/, "DefaultSession = any;"],
  ["Request.session", "request.d.ts", /get session\(\): TSession;/, "get session(): any;"],
  ["Request.user", "request.d.ts", /get user\(\): User;/, "get user(): any;"],
  ["Request.auth", "request.d.ts", /get auth\(\): Auth;/, "get auth(): any;"],
  ["Request.state", "request.d.ts", /get state\(\): State;/, "get state(): any;"],
  ["the default of TSession", "request.d.ts", /TSession = DefaultSession/g, "TSession = any"],
  ["v3 RegisteredSession", "v3/types.d.ts", /RegisteredSession = [^;]*;\n} \? [^;]*;/, "RegisteredSession = any;"],
  ["null where {} is rejected", "types.d.ts", / \| null/g, ""],
  ["no null where {} is accepted", "types.d.ts", /\? (StandardSchemaV1\.InferOutput<TSchema>) :/, "? $1 | null :"],
];

describe("a type that collapses fails the suite", () => {
  test.each(collapses)("%s", (_name, file, search, replacement) => {
    const mutation = { file, replace: (text: string) => text.replace(search, replacement) };
    const errors = programs.map((program) =>
      compile(`ts-expect/${program}/tsconfig.json`, { mutation, check: "ours" }),
    );
    // A mutation that no program saw proves nothing.
    expect(errors.filter((each) => each !== undefined)).not.toEqual([]);
    expect(errors.flat().filter((error) => error !== undefined)).not.toEqual([]);
  });
});
