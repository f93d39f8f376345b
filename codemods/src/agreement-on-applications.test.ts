import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "eslint-plugin-typed-session";
import { expect, test } from "vitest";
import type { TestApplication } from "./application.fixture.js";
import { loadApplication } from "./application/load.js";
import { readCandidates } from "./application/read-candidates.js";
import { diagnoseApplication } from "./doctor/diagnose.js";
import { copyFixture, fixtureNames, programsOf } from "./fixture-application.fixture.js";
import { isSite, listPlaces, type Place, type PlaceOrigin } from "./places.js";
import { createCompiler, type Compilation } from "./verify/compile.js";

/** Where something is to be said, as `path:line`. */
type Line = string;

/** What both tools say of one program, each with the compiler. */
interface Verdicts {
  /** Lint's warnings about sessions, and those about declarations of keys. */
  readonly lint: { readonly sessions: ReadonlyMap<Line, readonly string[]>; readonly declarations: ReadonlySet<Line> };
  /** The codemod's untyped places, and the declarations that merge with nothing. */
  readonly codemod: { readonly places: readonly Place[]; readonly declarations: ReadonlySet<Line> };
  /** Where the codemod has something to do, or to say. */
  readonly known: ReadonlySet<Line>;
}

function judge(application: TestApplication, folder: string): Verdicts {
  const directory = join(application.folder, folder);
  const loaded = loadApplication(directory);
  const compilation = createCompiler(loaded)(new Map());
  const texts = readCandidates(loaded, compilation);
  const messages = lint(directory, compilation, texts);
  const sessions = new Map<Line, readonly string[]>();
  for (const { line, rule, message } of messages) {
    if (!rule.endsWith("augmentation")) sessions.set(line, [...(sessions.get(line) ?? []), message]);
  }
  const places = listPlaces(loaded.ts, compilation.program, texts.keys(), (path) => path);
  const faults = diagnoseApplication(loaded, compilation).findings.filter(({ code }) => code === "dead-declaration");
  return {
    lint: {
      sessions,
      declarations: new Set(
        messages.filter(({ message }) => message.includes("merges with nothing: no")).map(({ line }) => line),
      ),
    },
    codemod: {
      places: places.filter(({ untyped }) => untyped !== undefined),
      declarations: new Set(faults.flatMap(({ declarations }) => declarations.map(lineOf))),
    },
    known: new Set(places.flatMap(linesOf)),
  };
}

function lint(cwd: string, { program }: Compilation, texts: ReadonlyMap<string, string>) {
  const linter = new Linter({ cwd });
  const rules = {
    "typed-session/no-session-cast": "warn",
    "typed-session/no-untyped-session-access": "warn",
    "typed-session/no-dead-session-augmentation": "warn",
  } as const;
  return [...texts].flatMap(([file, text]) => {
    const found = linter.verify(
      text,
      [
        { files: ["**/*.{ts,tsx}"], languageOptions: { parser, parserOptions: { programs: [program] } } },
        { ...plugin.configs.recommended, rules },
      ],
      file,
    );
    return found.map(({ ruleId, line, message }) => ({ rule: ruleId ?? "parser", line: `${file}:${line}`, message }));
  });
}

function lineOf({ file, line }: { readonly file: string; readonly line: number }): Line {
  return `${file}:${line}`;
}

/** The lines that a place may be said at: its own, those of comments that hide it, and the parameter that gets the session's type. */
function linesOf(place: Place): Line[] {
  const { session } = place.from;
  if (!isSite(session)) return [lineOf(place), lineOfOrigin(place.from)];
  if (place.untyped === undefined) return [];
  const file = session.session.getSourceFile();
  const comments = session.disguises.flatMap((disguise) =>
    disguise.kind === "suppression" ? [disguise.comment.start] : [],
  );
  const lines = comments.map((start) => file.getLineAndCharacterOfPosition(start).line + 1);
  return [lineOf(place), lineOfOrigin(place.from), ...lines.map((line) => lineOf({ file: place.file, line }))];
}

/** Where a place's session is read from the request, or comes in by a parameter. */
function lineOfOrigin({ session }: PlaceOrigin): Line {
  const node = isSite(session) ? session.session : session.name;
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** How many places lint misses, since it sees one file at a time: another one passes the session to the parameter there. */
const unseen: Readonly<Record<string, number>> = { "nest-parking": 2, wizard: 4 };

function comesFromAnotherFile({ from: { session } }: Place): boolean {
  return !isSite(session) && session.getSourceFile().text.match(/@\w*Session\(\)/) === null;
}

test.each(fixtureNames())("of %s, lint flags what the codemod changes or reports, and nothing else", (name) => {
  const application = copyFixture(name);
  for (const folder of programsOf(name)) {
    const { lint: warned, codemod, known } = judge(application, folder);
    expect([...warned.sessions].filter(([line]) => !known.has(line))).toEqual([]);

    const isWarned = (place: Place) => linesOf(place).some((line) => warned.sessions.has(line));
    const missed = codemod.places.filter((place) => !isWarned(place));
    expect(
      missed.filter((place) => !comesFromAnotherFile(place)).map((place) => `${lineOf(place)} ${place.found}`),
    ).toEqual([]);
    expect(missed.length).toBe(unseen[name] ?? 0);

    expect(warned.declarations).toEqual(codemod.declarations);
  }
});

test("the applications have enough of everything for this to mean something", () => {
  const application = copyFixture("bookshop");
  const { lint: warned, codemod } = judge(application, ".");
  expect(warned.sessions.size).toBeGreaterThan(3);
  expect(codemod.places.length).toBeGreaterThan(3);
});
