import ts from "typescript";
import { expect, test } from "vitest";
import type { Compilation } from "./compile.js";
import type { CompilerError } from "./compiler-error.js";
import { filesThatEmitOtherwise, newErrors } from "./compare.js";

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
