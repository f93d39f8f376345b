import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { applications, baseline, writeApplication, type Application } from "../bench/types/applications.mjs";
import { compileFiles } from "./compile-files.js";

/**
 * The instantiations of an application of 1,000 handlers, over those of express-session's with its types augmented. The
 * promise is 1.02 at most; what was reached is in docs/performance.md. A new version of Express's types or of the compiler
 * may move these a little: `npm run bench -- types` says by how much.
 */
const limits: Readonly<Record<string, number>> = {
  "inferred, typed-session, Register": 1.01,
  "inferred, typed-session on express-session": 1.01,
  "annotated, typed-session, Register": 1.01,
  "annotated, typed-session, Request<…, TSession>": 0.8,
  "annotated, typed-session on express-session": 1.01,
};

const typed = applications.filter(({ variant }) => variant.startsWith("typed-session"));

test.each(typed)("$style, $variant", (application) => {
  const limit = limits[`${application.style}, ${application.variant}`] ?? 1.02;
  expect(ratio(application)).toBeLessThanOrEqual(limit);
});

/** As they were before their cost was measured. */
const expensive = [
  [
    "annotated",
    "typed-session, Request<…, TSession>",
    /RequestWithout<[^]*?>, RouteMembers</,
    "Omit<express.Request<P, ResBody, ReqBody, ReqQuery, Locals>, keyof SessionConnection>, RouteMembers<",
  ],
  [
    "inferred",
    "typed-session, Register",
    "interface Request extends DefaultConnection",
    "interface Request extends SessionConnection",
  ],
] as const;

test.each(expensive)("an expensive type is seen: %s, %s", (style, variant, search, replacement) => {
  const file = fileURLToPath(new URL("../dist/esm/adapters/express.d.ts", import.meta.url));
  const text = readFileSync(file, "utf8");
  const mutated = text.replace(search, replacement);
  expect(mutated).not.toBe(text);
  expect(ratio({ style, variant }, new Map([[file, mutated]]))).toBeGreaterThan(limits[`${style}, ${variant}`] ?? 1.02);
});

const baselines = new Map<string, number>();

function ratio(application: Application, changed: ReadonlyMap<string, string> = new Map()): number {
  const { style } = application;
  if (!baselines.has(style)) baselines.set(style, instantiations({ style, variant: baseline }));
  return instantiations(application, changed) / (baselines.get(style) ?? NaN);
}

/** Of 1,000 handlers: every ten take the same, and so does what is there once. */
function instantiations(application: Application, changed: ReadonlyMap<string, string> = new Map()): number {
  const [ten = NaN, twenty = NaN] = [10, 20].map((handlers) => count(writeApplication(application, handlers), changed));
  return ten + 99 * (twenty - ten);
}

function count(files: Record<string, string>, changed: ReadonlyMap<string, string>): number {
  const folder = fileURLToPath(new URL("../.vitest/cost/", import.meta.url));
  const own = Object.entries(files).map(([name, text]) => [`${folder}${name}`, text] as const);
  const program = compileFiles(new Map([...own, ...changed]), { lib: ["lib.es2022.d.ts"], types: [] });
  const errors = own.flatMap(([name]) => program.getSemanticDiagnostics(program.getSourceFile(name)));
  expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  return program.getInstantiationCount();
}
