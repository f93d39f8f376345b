import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ReflectionKind, type DeclarationReflection, type Reflection } from "typedoc";
import { expect, test } from "vitest";
import { readApi, writeApiPages } from "./api-pages.js";

const committed = fileURLToPath(new URL("api/", import.meta.url));
const api = await readApi();

function readPages(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("every public symbol has a docstring, and every symbol that one refers to is exported", () => {
  expect(api.warnings).toEqual([]);
});

test("the pages are what the sources say", async () => {
  const folder = mkdtempSync(join(tmpdir(), "typed-session-api-"));
  try {
    await writeApiPages(api, folder);
    const made = readPages(folder);
    expect(Object.keys(made).length).toBeGreaterThan(20);
    expect(
      made,
      "docs/api is no longer what the sources say. Write it anew with `npm run api:pages`, and commit it with the change.",
    ).toEqual(readPages(committed));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every function and class shows how it is used", () => {
  const functions = api.project.getReflectionsByKind(ReflectionKind.Function).filter((each) => each.isDeclaration());
  const classes = api.project.getReflectionsByKind(ReflectionKind.Class).filter((each) => each.isDeclaration());
  expect(functions.length).toBeGreaterThan(30);
  expect(classes.length).toBeGreaterThan(20);
  const silent = [...functions, ...classes].filter((each) => !hasExample(each));
  expect(silent.map((each) => each.getFullName())).toEqual([]);
});

test("every time says its unit", () => {
  const kinds = ReflectionKind.Property | ReflectionKind.Parameter;
  const times = api.project
    .getReflectionsByKind(kinds)
    .filter(({ name }) => /^(?:issuedAt|expiresAt|expiresIn|ttl|clock|maxAge|\w*[tT]imeout)$/.test(name));
  expect(times.length).toBeGreaterThan(25);
  const silent = times.filter((each) => !/\b(?:milli)?seconds\b/i.test(summaryOf(each)));
  expect(silent.map((each) => each.getFullName())).toEqual([]);
});

/** What a docstring says; a member of a type that is written in place is said around it. */
function summaryOf(symbol: Reflection): string {
  const own = symbol.comment?.summary.map(({ text }) => text).join("") ?? "";
  return own === "" && symbol.parent !== undefined ? summaryOf(symbol.parent) : own;
}

/** A class that extends another of the library is used as that is. */
function hasExample(symbol: DeclarationReflection): boolean {
  const comments = [symbol.comment, ...(symbol.signatures ?? []).map(({ comment }) => comment)];
  if (comments.some((comment) => comment?.getTag("@example") !== undefined)) return true;
  return (symbol.extendedTypes ?? []).some(
    (type) => type.type === "reference" && type.reflection?.isDeclaration() === true && hasExample(type.reflection),
  );
}
