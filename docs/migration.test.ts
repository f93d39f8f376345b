import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { upgradeGuideApplication, type UpgradedApplication } from "./guide-application.fixture.js";
import { guideApplications, type BlockKind } from "./guide-applications.fixture.js";

const applications = guideApplications(readFileSync(new URL("../MIGRATION.md", import.meta.url), "utf8"));

const own = ["typed-session", "zod"];
const express = [...own, "express", "@types/express"];
const expressSession = [...express, "express-session", "@types/express-session"];

/** What each application of the guide depends on. */
const packages: Readonly<Record<string, readonly string[]>> = {
  "express-session": expressSession,
  "cookie-session": [...express, "cookie-session", "@types/cookie-session"],
  "koa-session": [...own, "koa", "@types/koa", "koa-session", "@types/koa-session"],
  "fastify-session": [...own, "fastify", "@fastify/cookie", "@fastify/session"],
  "fastify-secure-session": [...own, "fastify", "@fastify/secure-session"],
  "iron-session": [...own, "iron-session"],
  nest: [...expressSession, "@nestjs/common", "@nestjs/core", "@nestjs/platform-express"],
  "typed-session": own,
  "typed-session-v3": own,
  "typed-session-v3-without-registration": own,
  patterns: expressSession,
  "index-signature": expressSession,
  "old-types": ["express", "@types/express", "express-session", "@types/express-session@1.17.0"],
  ambient: [...express, "cookie-session"],
  loose: expressSession,
  deploy: own,
};

/** All others are strict. */
const options: Readonly<Record<string, object>> = { loose: { noImplicitAny: false } };

test("the guide has the applications that are known here", () => {
  expect([...applications.keys()].sort()).toEqual(Object.keys(packages).sort());
});

describe.each([...applications])("%s", (name, blocks) => {
  const of = (kind: BlockKind) => blocks.filter((block) => block.kind === kind);
  const codeBefore = (name: string) => of("before").find(({ file }) => file === name)?.code;
  const shown = [...of("after"), ...of("written by the upgrade")];
  let application: UpgradedApplication;
  beforeAll(() => {
    application = upgradeGuideApplication(blocks, packages[name] ?? [], options[name] ?? {});
  });

  test("compiles before, when it is upgraded, and in the end", () => {
    expect(application.before.errors).toEqual([]);
    expect(application.after.errors).toEqual([]);
    const broken = of("does not compile").map(({ file }) => `${file}: `);
    expect(application.inTheEnd.errors.filter((error) => !broken.some((file) => error.startsWith(file)))).toEqual([]);
  });

  test.runIf(shown.length > 0).each(shown)("line $line: $file is what the upgrade writes", ({ file, code }) => {
    expect(application.written.get(file)).toBe(code);
  });

  test("the upgrade changes no other file", () => {
    expect([...application.written.keys()].sort()).toEqual(shown.map(({ file }) => file).sort());
  });

  test("the emitted JavaScript is the same, but where cast() goes", () => {
    const { before, after } = application;
    const files = [...of("as it is"), ...of("before")].map(({ file }) => file);
    const differing = files.filter((file) => before.emitted(file) !== after.emitted(file));
    const casting = of("before").filter(({ code }) => /import .*\bcast\b.* from "typed-session"/.test(code));
    expect(differing).toEqual(casting.map(({ file }) => file));
  });

  test("the upgrade says where the check goes that is put in by hand", () => {
    const mounting = of("by hand").filter(
      ({ file, code }) => codeBefore(file) !== undefined && code.includes("typed("),
    );
    const entries = mounting.flatMap(({ code }) => /"typed-session\/[\w-]+"/.exec(code) ?? []);
    for (const entry of entries) expect(application.result?.notes).toContainEqual(expect.stringContaining(entry));
  });

  test.runIf(of("does not compile").length > 0).each(of("does not compile"))(
    "line $line: $file does not compile, as it says",
    ({ file, error }) => {
      expect(application.inTheEnd.errors.filter((each) => each.startsWith(`${file}: `))).toEqual([
        expect.stringContaining(`${file}: ${error}`),
      ]);
    },
  );
});
