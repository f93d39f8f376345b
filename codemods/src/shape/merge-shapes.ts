import { keepName } from "./keep-name.js";
import { anyShape, type Member, type ObjectShape, type Shape } from "./shape.js";
import { distinctOf, unionOf } from "./union-of.js";

/**
 * What several pieces of evidence of one value come to.
 *
 * Objects are merged member by member, so that reading a member that only some of them have stays possible: members that
 * are not in all of them are optional. `any` says nothing, and gives way to whatever says more.
 */
export function mergeShapes(shapes: readonly Shape[]): Shape {
  const known = shapes
    .flatMap((each) => (each.kind === "union" ? each.of : [each]))
    .filter((each) => each.kind !== "any");
  if (known.length === 0) return anyShape;
  const distinct = [...distinctOf(known).values()];
  const structured = distinct.some(({ kind }) => kind === "object") ? distinct.map(expanded) : distinct;
  const objects = structured.filter((each) => each.kind === "object");
  const arrays = structured.filter((each) => each.kind === "array");
  const records = structured.filter((each) => each.kind === "record");
  const others = structured.filter(({ kind }) => kind !== "object" && kind !== "array" && kind !== "record");
  return unionOf([
    ...others,
    ...(arrays.length === 0 ? [] : [arrayOf(arrays.map(({ element }) => element))]),
    ...(records.length === 0 ? objectsOf(objects) : [recordOf(records, objects)]),
  ]);
}

function expanded(shape: Shape): Shape {
  return shape.kind === "named" ? (shape.expand() ?? shape) : shape;
}

function arrayOf(elements: readonly Shape[]): Shape {
  return { kind: "array", element: mergeShapes(elements) };
}

function recordOf(records: readonly Extract<Shape, { kind: "record" }>[], objects: readonly ObjectShape[]): Shape {
  const members = objects.flatMap((each) => [...each.members.values()].map(({ shape }) => shape));
  return { kind: "record", value: mergeShapes([...records.map(({ value }) => value), ...members]) };
}

function objectsOf(objects: readonly ObjectShape[]): Shape[] {
  if (objects.length === 0) return [];
  const names = new Set(objects.flatMap(({ members }) => [...members.keys()]));
  const members = [...names].map((name) => [name, mergeMember(objects.map((each) => each.members.get(name)))] as const);
  return [keepName({ kind: "object", members: new Map(members) }, objects)];
}

function mergeMember(members: readonly (Member | undefined)[]): Member {
  const present = members.filter((each) => each !== undefined);
  const optional = present.length < members.length || present.some((each) => each.optional);
  return { shape: mergeShapes(present.map(({ shape }) => shape)), optional };
}
