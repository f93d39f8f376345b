import { expect, test } from "vitest";
import { addReads } from "./add-reads.js";
import { anyShape, primitive, type Member, type Shape } from "./shape.js";
import { unionOf } from "./union-of.js";

const text = primitive("string");
const number = primitive("number");
const isNull = primitive("null");

function object(members: Record<string, Shape | Member>): Shape {
  const asMember = (each: Shape | Member): Member => ("shape" in each ? each : { shape: each, optional: false });
  return { kind: "object", members: new Map(Object.entries(members).map(([name, each]) => [name, asMember(each)])) };
}

function list(element: Shape): Shape {
  return { kind: "array", element };
}

const user: Shape = {
  kind: "named",
  name: "User",
  from: "./user",
  typeArguments: [],
  expand: () => object({ id: number, name: text }),
};

test.each<[string, Shape, Shape, Shape]>([
  [
    "members that are not read stay required",
    object({ id: number, name: text }),
    object({ name: text }),
    object({ id: number, name: text }),
  ],
  [
    "a member that is only read may be missing",
    object({ id: number }),
    object({ name: text }),
    object({ id: number, name: { shape: text, optional: true } }),
  ],
  [
    "an optional member stays optional",
    object({ id: { shape: number, optional: true } }),
    object({ id: number }),
    object({ id: { shape: number, optional: true } }),
  ],
  [
    "what a member holds is not what a read takes it for",
    object({ id: number }),
    object({ id: text }),
    object({ id: number }),
  ],
  [
    "inside members, too",
    object({ car: object({ id: number }) }),
    object({ car: object({ plate: text }) }),
    object({ car: object({ id: number, plate: { shape: text, optional: true } }) }),
  ],
  ["a list of anything holds what its reads ask for", list(anyShape), list(text), list(text)],
  [
    "a null beside an object stays",
    unionOf([object({ id: number }), isNull]),
    object({ id: number }),
    unionOf([object({ id: number }), isNull]),
  ],
  [
    "every alternative of the reads counts",
    object({ tags: list(anyShape) }),
    unionOf([object({ tags: list(text) }), text]),
    object({ tags: list(text) }),
  ],
])("%s", (_, known, read, expected) => {
  expect(addReads(known, read)).toEqual(expected);
});

test("a type keeps its name where it has all that is read of it", () => {
  expect(addReads(user, object({ name: text }))).toBe(user);
  expect(addReads(user, object({ age: number }))).toEqual(
    object({ id: number, name: text, age: { shape: number, optional: true } }),
  );
});
