import { describe, expect, test } from "vitest";
import type { Compilation, Texts } from "../verify/compile.js";
import type { CompilerError } from "../verify/compiler-error.js";
import { climbDown, type Climb } from "./climb-down.js";
import type { Proposal } from "./proposal.js";

const text = "const user: User = req.session.user;";
const nameEnd = text.indexOf("user") + "user".length;
const valueStart = text.indexOf("req");

/** The error stands on the variable, and the proposal is about its value. */
function proposalIn(file: string): Proposal {
  const way = (rung: 1 | 2, mark: string) => ({
    rung,
    edits: [{ start: text.length - 1, end: text.length - 1, text: mark }],
  });
  return {
    file,
    at: text.length,
    start: 0,
    end: text.length,
    expression: { start: valueStart, end: text.length - 1 },
    line: 1,
    kind: "site",
    found: "req.session.user",
    changesEmit: false,
    attempts: [way(1, " as User | undefined"), way(2, "!")],
  };
}

/** Climbs down in so many files that each have one such error, and counts how often the program is checked. */
function climbIn(count: number): { climb: Climb; checks: number } {
  const files = Array.from({ length: count }, (_, index) => `/src/${index}.ts`);
  const proposals = files.map(proposalIn);
  let checks = 0;
  const compile = (texts: Texts): Compilation => ({
    errors: (scope = files) => {
      checks += 1;
      return scope.filter((file) => texts.get(file)?.includes("undefined")).map(errorIn);
    },
    emit: () => new Map(),
    alone: () => undefined,
    declarations: () => "",
    ownFiles: files,
    ownDeclarations: [],
    get program(): never {
      throw new Error("no program is needed");
    },
  });
  const climb = climbDown({
    compile,
    baseline: [],
    originals: new Map(files.map((file) => [file, text])),
    proposals,
    finish: () => [],
    affected: files,
    sourcesOf: (file) => proposals.filter((each) => each.file === file),
  });
  return { climb, checks };
}

function errorIn(file: string): CompilerError {
  return {
    file,
    start: nameEnd - 1,
    length: 4,
    code: 2322,
    message: "Type 'undefined' is not assignable to type 'User'.",
  };
}

describe("climbDown", () => {
  test("errors of files that have nothing to do with one another take no more rounds than one of two files", () => {
    const [few, many] = [climbIn(2), climbIn(40)];
    expect(many.climb.outcomes.map(({ rung }) => rung)).toEqual(Array(40).fill(2));
    expect(many.checks).toBe(few.checks);
  });
});
