import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { Transform } from "jscodeshift";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import moveToV3 from "./move-to-v3.js";
import removeDeadAugmentation from "./remove-dead-augmentation.js";
import removeSessionCasts from "./remove-session-casts.js";
import { fixturesOf, transformNames } from "./test-fixtures.fixture.js";

const byName = {
  "move-to-v3": moveToV3,
  "remove-dead-augmentation": removeDeadAugmentation,
  "remove-session-casts": removeSessionCasts,
} satisfies Record<string, Transform>;
const transforms: Readonly<Record<string, typeof removeSessionCasts>> = byName;

test("every transform has fixtures, and every folder of fixtures its transform", () => {
  const files = readdirSync(new URL(".", import.meta.url)).filter((name) => /^[a-z\d-]+\.ts$/.test(name));
  expect(files.map((name) => name.replace(/\.ts$/, ""))).toEqual(transformNames);
  expect(Object.keys(transforms)).toEqual(transformNames);
});

describe.each(transformNames)("%s", (transformName) => {
  const transform = (path: string, source: string) => transforms[transformName]?.({ path, source }) ?? source;

  describe.each(fixturesOf(transformName))("$name", ({ name, extension, input, output }) => {
    // No tsconfig.json is above it.
    const path = `/application/${name}.${extension}`;

    test("gives the output", () => {
      expect(transform(path, input)).toBe(output);
    });

    test("a second run changes nothing", () => {
      expect(transform(path, output)).toBe(output);
    });

    // What moves to another module is known by another name in CommonJS.
    const isMove = transformName === "move-to-v3";
    const modules = isMove ? [ts.ModuleKind.ESNext] : [ts.ModuleKind.CommonJS, ts.ModuleKind.ESNext];
    test.each(modules)("emits the same JavaScript, as module %i", (module) => {
      const before = isMove ? input : withoutCastCalls(input);
      const compared = isMove ? withoutModules : (text: string) => text;
      expect(compared(emitted(path, output, module))).toBe(compared(emitted(path, before, module)));
    });
  });
});

/** What the compiler emits; white space apart, since it lays a block out as the source does. */
function emitted(fileName: string, text: string, module: ts.ModuleKind): string {
  const compilerOptions = { module, target: ts.ScriptTarget.ES2022, jsx: ts.JsxEmit.Preserve, removeComments: true };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText.replace(/\s+/g, " ");
}

/** The module that names come from changes by design: all else can be compared without it. */
function withoutModules(emittedText: string): string {
  return emittedText
    .replaceAll("typed-session/v3", "typed-session")
    .replace(/(?:import|export) [^;]* from ["']typed-session["'];? ?/g, "");
}

/** The call of `cast()` goes by design: it is taken out of the input by hand, so that all else can be compared. */
function withoutCastCalls(input: string): string {
  if (!input.includes(`from "typed-session"`)) return input;
  return input
    .replace(/import \{ cast(?: as \w+)? \} from "typed-session";\n/, "")
    .replace("import { cast, Request }", "import { Request }")
    .replace(/(?:\bcast|castSession)\(Session, (request\.session)\)/g, "$1")
    .replace(/import \{ Session \} from ".\/session";\n/, "");
}

describe("with plain jscodeshift", () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const jscodeshift = createRequire(import.meta.url).resolve("jscodeshift/bin/jscodeshift.js");
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "typed-session-jscodeshift-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  // Without --no-babel, jscodeshift takes the compiler itself through Babel first. It works all the same, later: only
  // `npm run test:long` waits for it.
  const isLong = process.env["npm_lifecycle_event"] === "test:long";
  const flagsOf = (transformName: string) => [transformName, ["--no-babel"]] as const;
  test.each([...transformNames.map(flagsOf), ...(isLong ? [["remove-session-casts", []] as const] : [])])(
    "%s gives every output, with flags %j",
    (transformName, flags) => {
      const sources = join(folder, "src");
      mkdirSync(sources);
      const all = fixturesOf(transformName);
      for (const { name, extension, input } of all) writeFileSync(join(sources, `${name}.${extension}`), input);
      const built = join(root, "codemods/dist/transforms", `${transformName}.js`);

      const report = execFileSync(
        process.execPath,
        [jscodeshift, "-t", built, ...flags, "--extensions=ts,tsx", "--cpus=1", sources],
        { cwd: folder, encoding: "utf8" },
      );

      expect(stripVTControlCharacters(report)).toMatch(/^0 errors$/m);
      for (const { name, extension, output } of all) {
        expect(readFileSync(join(sources, `${name}.${extension}`), "utf8"), name).toBe(output);
      }
    },
  );
});
