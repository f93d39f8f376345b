import { keepName } from "./keep-name.js";
import { mergeShapes } from "./merge-shapes.js";
import type { Member, Shape } from "./shape.js";

/**
 * What several reads of one value ask of it together: all the members that any of them reads are there, since each reads
 * the same object. Other shapes are merged as any evidence is.
 */
export function mergeReads(shapes: readonly Shape[]): Shape {
  const objects = shapes.filter((each) => each.kind === "object");
  const arrays = shapes.filter((each) => each.kind === "array");
  const others = shapes.filter(({ kind }) => kind !== "object" && kind !== "array");
  const names = new Set(objects.flatMap(({ members }) => [...members.keys()]));
  const members = [...names].map(
    (name) => [name, readMember(objects.flatMap((each) => each.members.get(name) ?? []))] as const,
  );
  return mergeShapes([
    ...others,
    ...(objects.length === 0 ? [] : [keepName({ kind: "object", members: new Map(members) }, objects)]),
    ...(arrays.length === 0
      ? []
      : [{ kind: "array", element: mergeReads(arrays.map(({ element }) => element)) } as const]),
  ]);
}

function readMember(members: readonly Member[]): Member {
  return { shape: mergeReads(members.map(({ shape }) => shape)), optional: members.every(({ optional }) => optional) };
}
