import ts from "typescript";
import { describe, expect, test } from "vitest";
import type { Compilation } from "./compile.js";
import type { CompilerError } from "./compiler-error.js";
import { changedFilesThatEmitOtherwise, filesThatEmitOtherwise, newErrors } from "./compare.js";

function emitting(text: string): Pick<Compilation, "emit"> {
  return { emit: () => new Map([["a.js", text]]) };
}

test.each([
  ["a(b);\n", "a(c);\n"],
  ["(a?.b).c;\n", "a?.b.c;\n"],
  ["return_();\n", ""],
  ["function f() { return a; }\n", "function f() { return\na; }\n"],
  ["`a b`;\n", "`a  b`;\n"],
])("%j and %j are different programs", (before, after) => {
  expect(filesThatEmitOtherwise(ts, emitting(before), emitting(after), ["a.ts"])).toEqual(["a.ts"]);
});

test.each([
  ["a(b);\n", "a(b);\n"],
  ["() => { a(); };\n", "() => {\n    a();\n};\n"],
])("%j and %j are one program", (before, after) => {
  expect(filesThatEmitOtherwise(ts, emitting(before), emitting(after), ["a.ts"])).toEqual([]);
});

test("a file that is not emitted any more emits otherwise", () => {
  const nothing = { emit: () => new Map<string, string>() };
  expect(filesThatEmitOtherwise(ts, emitting(""), nothing, ["a.ts"])).toEqual(["a.ts"]);
});

describe("a changed file", () => {
  const compiled = (alone: string | undefined, inProgram: string | undefined) => ({
    alone: () => (alone === undefined ? undefined : emitting(alone)),
    emit: () => {
      if (inProgram === undefined) throw new Error("the program was asked");
      return emitting(inProgram).emit("a.ts");
    },
  });
  const compare = (before: ReturnType<typeof compiled>, after: ReturnType<typeof compiled>) =>
    changedFilesThatEmitOtherwise(ts, before, after, ["a.ts"]);

  test("that emits the same alone does so in its program, which is not asked", () => {
    expect(compare(compiled("a(b);", undefined), compiled("a(b);", undefined))).toEqual([]);
  });

  test.each([
    ["a(b);", "a(b);", []],
    ["a(b);", "a(c);", ["a.ts"]],
  ])("that emits otherwise alone is for the program to tell: %j and %j", (before, after, expected) => {
    expect(compare(compiled("one;", before), compiled("other;", after))).toEqual(expected);
  });

  test("that can't be emitted alone is for the program to tell", () => {
    expect(compare(compiled(undefined, "a;"), compiled("a;", "b;"))).toEqual(["a.ts"]);
    expect(compare(compiled("a;", "a;"), compiled(undefined, "b;"))).toEqual(["a.ts"]);
  });
});

test("an error is known by its code and place, or by its message, as often as it was there", () => {
  const error = (start: number, message = "no"): CompilerError => ({
    file: "a.ts",
    start,
    length: 1,
    code: 1,
    message,
  });
  expect(newErrors([error(1)], [error(9)])).toEqual([]);
  expect(newErrors([error(1)], [error(9), error(12)])).toEqual([error(12)]);
  expect(newErrors([error(9)], [error(1), error(9), error(12)])).toEqual([error(1), error(12)]);
  expect(newErrors([error(9)], [error(1), error(5)], ({ start }) => start + 4)).toEqual([error(1)]);
  expect(newErrors([error(1, "A | B")], [error(1, "B | A")])).toEqual([]);
  expect(newErrors([error(1)], [error(2, "other")])).toEqual([error(2, "other")]);
  expect(newErrors([error(1)], [{ ...error(1), code: 2 }])).toEqual([{ ...error(1), code: 2 }]);
});
