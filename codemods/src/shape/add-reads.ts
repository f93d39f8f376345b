import { keepName } from "./keep-name.js";
import type { Member, ObjectShape, Shape } from "./shape.js";
import { unionOf } from "./union-of.js";

/**
 * What is known of a value, and what is read of it: what is known stays, since a read that asks for one member says nothing
 * of the others. Members that are only read are added; they may be missing. What holds `any` is what its reads ask for.
 */
export function addReads(known: Shape, read: Shape): Shape {
  if (read.kind === "union") return read.of.reduce(addReads, known);
  if (known.kind === "any") return read;
  if (known.kind === "union") return unionOf(known.of.map((each) => addReads(each, read)));
  if (known.kind === "array" && read.kind === "array")
    return { kind: "array", element: addReads(known.element, read.element) };
  if (read.kind !== "object") return known;
  if (known.kind === "object") return withMembers(known, read);
  const expanded = known.kind === "named" ? known.expand() : undefined;
  if (expanded?.kind !== "object" || [...read.members.keys()].every((name) => expanded.members.has(name))) return known;
  return withMembers(expanded, read);
}

function withMembers(known: ObjectShape, read: ObjectShape): Shape {
  const both = [...known.members].map(([name, member]) => [name, readMember(member, read.members.get(name))] as const);
  const added = [...read.members]
    .filter(([name]) => !known.members.has(name))
    .map(([name, { shape }]) => [name, { shape, optional: true }] as const);
  return keepName({ kind: "object", members: new Map([...both, ...added]) }, [known]);
}

function readMember(member: Member, read: Member | undefined): Member {
  return read === undefined ? member : { ...member, shape: addReads(member.shape, read.shape) };
}
