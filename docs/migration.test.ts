import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { doctorCommand } from "../codemods/src/command/doctor.js";
import { inferCommand } from "../codemods/src/command/infer.js";
import { transformCommand } from "../codemods/src/command/transform.js";
import { undoCommand } from "../codemods/src/command/undo.js";
import { upgradeCommand } from "../codemods/src/command/upgrade.js";
import { projectTransforms } from "../codemods/src/project-transforms.js";
import moveToV3 from "../codemods/src/transforms/move-to-v3.js";
import {
  transformGuideApplication,
  upgradeGuideApplication,
  type UpgradedApplication,
} from "./guide-application.fixture.js";
import { guideApplications, type BlockKind } from "./guide-blocks.fixture.js";

const page = new URL("../MIGRATION.md", import.meta.url);
const guide = readFileSync(page, "utf8");
const applications = guideApplications(guide);

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

test("every link leads to a heading or a file that is there", () => {
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-");
  const headings = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slug(heading));
  const links = [...guide.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)];
  const dead = links.filter(([, path, anchor = ""]) => {
    return path ? !existsSync(new URL(path, page)) : !headings.includes(anchor);
  });
  expect(dead.map(([link]) => link)).toEqual([]);
  expect(links.length).toBeGreaterThan(20);
});

const commands = [doctorCommand(), inferCommand(), transformCommand(), undoCommand(), upgradeCommand()];

test("every command of the codemod exists, with its options", () => {
  const shown = [...guide.matchAll(/npx typed-session-codemod (\w+)([^`#\n]*)/g)];
  const wrong = shown.filter(([, name, rest = ""]) => {
    const command = commands.find((each) => each.name() === name);
    const known = [...(command?.options.map(({ long }) => long) ?? []), ...Object.keys(projectTransforms)];
    return command === undefined || rest.split(/\s+/).some((word) => word !== "" && !known.includes(word));
  });
  expect(wrong.map(([line]) => line)).toEqual([]);
  expect(shown.length).toBeGreaterThan(5);
  const options = commands.flatMap((command) => command.options.map(({ long }) => long));
  const named = [...guide.matchAll(/`(--[\w-]+)(?: \w+)?`/g)].map(([, option = ""]) => option);
  expect(named.filter((option) => !options.includes(option))).toEqual([]);
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
    expect(application.errorsBefore).toEqual([]);
    expect(application.result?.newErrors ?? []).toEqual([]);
    const broken = of("does not compile").map(({ file }) => `${file}: `);
    expect(application.errorsInTheEnd.filter((error) => !broken.some((file) => error.startsWith(file)))).toEqual([]);
  });

  test.runIf(shown.length > 0).each(shown)("line $line: $file is what the upgrade writes", ({ file, code }) => {
    expect(application.written.get(file)).toBe(code);
  });

  test("the upgrade changes no other file", () => {
    expect([...application.written.keys()].sort()).toEqual(shown.map(({ file }) => file).sort());
  });

  test("the emitted JavaScript is the same, but where cast() goes", () => {
    const casting = of("before").filter(({ code }) => /import .*\bcast\b.* from "typed-session"/.test(code));
    expect(application.emittingOtherwise).toEqual(casting.map(({ file }) => file));
  });

  test("the upgrade says where the check goes that is put in by hand", () => {
    const mounting = of("by hand").filter(
      ({ file, code }) => codeBefore(file) !== undefined && code.includes("typed("),
    );
    const entries = mounting.flatMap(({ code }) => /"typed-session\/[\w-]+"/.exec(code) ?? []);
    for (const entry of entries) expect(application.result?.notes).toContainEqual(expect.stringContaining(entry));
  });

  test.runIf(of("moved to v3").length > 0).each(of("moved to v3"))(
    "line $line: $file is what move-to-v3 makes of it",
    ({ file, code }) => expect(moveToV3({ path: file, source: codeBefore(file) ?? "" })).toBe(code),
  );

  test.runIf(of("does not compile").length > 0).each(of("does not compile"))(
    "line $line: $file does not compile, as it says",
    ({ file, error }) => {
      expect(application.errorsInTheEnd.filter((each) => each.startsWith(`${file}: `))).toEqual([
        expect.stringContaining(`${file}: ${error}`),
      ]);
    },
  );
});

test("where session.ts is written by hand, the transforms alone take out casts, comments and dead declarations", () => {
  const names = ["cast-of-the-session.ts", "cast-to-a-type.ts", "cast-of-the-request.ts", "alias.ts", "suppressed.ts"];
  const transformed = [...names, "express-types.d.ts"];
  const blocks = (applications.get("patterns") ?? []).flatMap((block) => {
    if (block.kind === "written by the upgrade") return { ...block, kind: "as it is" as const };
    return block.kind === "as it is" || (block.kind === "before" && transformed.includes(block.file)) ? block : [];
  });
  const shown = (applications.get("patterns") ?? []).filter(
    ({ file, kind }) => kind === "after" && transformed.includes(file),
  );
  const transforms = ["remove-session-casts", "remove-dead-augmentation"];
  expect(transformGuideApplication(blocks, expressSession, transforms)).toEqual(
    new Map(shown.map(({ file, code }) => [file, code])),
  );
});
