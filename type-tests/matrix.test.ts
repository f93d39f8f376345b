import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { compileNatively } from "./compile-natively.js";
import { compile } from "./compile.js";
import { compilers, loadCompiler, type Compiler } from "./compilers.js";
import { modes, type Mode } from "./modes.js";
import { sortErrors, theirErrors } from "./their-errors.js";

/** `npm run test:long` compiles every program under every compiler in every mode. */
const isLong = process.env["npm_lifecycle_event"] === "test:long";

const programs = ["ts-expect", "adapters", "hosts"].flatMap((kind) =>
  readdirSync(new URL(kind, import.meta.url)).map((name) => `${kind}/${name}`),
);
type AnyCompiler = Compiler | "7.0";
type Combination = readonly [compiler: AnyCompiler, program: string, mode: Mode];

const everyCombination: readonly Combination[] = ([...compilers, "7.0"] as const).flatMap((compiler) =>
  programs.flatMap((program) => (Object.keys(modes) as Mode[]).map((mode): Combination => [compiler, program, mode])),
);

/**
 * Each compiler with all adapters, each with a host or two, and the oldest and the newest without `strict`. Under 7.0, which
 * is the fastest, with all that declares something for others: there, their declarations are checked, too.
 */
const chosen: readonly Combination[] = [
  ["5.0", "adapters/registered", "exact"],
  ["5.0", "adapters/registered", "loose"],
  ["5.0", "ts-expect/unregistered", "exact"],
  ["5.0", "hosts/express-session", "exact"],
  ["5.4", "adapters/registered", "exact"],
  ["5.4", "hosts/koa-session", "loose"],
  ["5.4", "hosts/iron-session", "exact"],
  ["5.9", "adapters/registered", "exact"],
  ["5.9", "hosts/cookie-session", "loose"],
  ["5.9", "hosts/fastify-session", "exact"],
  ["6.0", "ts-expect/unregistered", "loose"],
  ["7.0", "adapters/registered", "exact"],
  ["7.0", "ts-expect/unregistered", "loose"],
  ["7.0", "adapters/beside-express-session", "strict"],
  ["7.0", "adapters/express-4", "strict"],
  ["7.0", "hosts/cookie-session", "strict"],
  ["7.0", "hosts/express-session", "strict"],
  ["7.0", "hosts/fastify-secure-session", "strict"],
  ["7.0", "hosts/fastify-session", "strict"],
  ["7.0", "hosts/koa-session", "strict"],
];

/** Libraries that don't work there at all, by their own word or by errors in the types of what they return. */
function unsupported(compiler: AnyCompiler, mode: Mode): string[] {
  return compiler === "5.0" || mode === "loose" ? ["arktype.ts"] : [];
}

const seen = new Set<unknown>();

describe("the public types", () => {
  test.each(isLong ? everyCombination : chosen)("under %s: %s, %s", async (compiler, program, mode) => {
    const tsconfig = `${program}/tsconfig.json`;
    const without = unsupported(compiler, mode);
    const errors =
      compiler === "7.0"
        ? await compileNatively(tsconfig, mode, without)
        : compile(tsconfig, { compiler, mode, without, check: isLong ? "all" : "ours" });
    const { ours, theirs } = sortErrors(compiler, errors ?? []);
    expect(ours).toEqual([]);
    for (const entry of theirs) seen.add(entry);
  });

  afterAll(() => {
    // In the long run, where all of it is checked, no allowance may be left over.
    if (isLong) expect(theirErrors.filter((entry) => !seen.has(entry))).toEqual([]);
  });
});

test("each compiler is the one that its name says", () => {
  const versions = compilers.map((name) => loadCompiler(name).versionMajorMinor);
  expect(versions).toEqual(["5.0", "5.4", "5.9", "6.0"]);
});

test("a declaration that an old compiler does not know is seen by it", () => {
  const mutation = {
    file: "types.d.ts",
    replace: (text: string) => text.replace("= Record<string, any>;", "= NoInfer<Record<string, any>>;"),
  };
  const errors = compile("ts-expect/unregistered/tsconfig.json", {
    compiler: "5.0",
    mode: "exact",
    check: "ours",
    mutation,
  });
  expect(sortErrors("5.0", errors ?? []).ours).toContainEqual(expect.stringMatching(/types\.d\.ts:\d+: .*'NoInfer'/));
});

test("every entry of the package is used by a program, and every compiler by the short run", () => {
  const manifest: { exports: Record<string, unknown> } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const entries = Object.keys(manifest.exports).filter((entry) => entry !== "./package.json");
  const texts = programs.flatMap((program) => {
    const folder = fileURLToPath(new URL(`${program}/`, import.meta.url));
    return readdirSync(folder).map((name) => readFileSync(folder + name, "utf8"));
  });
  const isUsed = (entry: string) => texts.some((text) => text.includes(`from "typed-session${entry.slice(1)}"`));
  expect(entries.filter((entry) => !isUsed(entry))).toEqual([]);
  expect(new Set(chosen.map(([compiler]) => compiler))).toEqual(new Set([...compilers, "7.0"]));
});
