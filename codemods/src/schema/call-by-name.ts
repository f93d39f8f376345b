import type { Member, Shape } from "../shape/shape.js";

/** Refers to what the application has a name for by that name, where nothing has to be checked and so written out. */
export function callByName(shape: Shape): Shape {
  switch (shape.kind) {
    case "array":
      return { ...shape, element: callByName(shape.element) };
    case "record":
      return { ...shape, value: callByName(shape.value) };
    case "union":
      return { ...shape, of: shape.of.map(callByName) };
    case "named":
      return { ...shape, typeArguments: shape.typeArguments.map(callByName) };
    case "object":
      return shape.called === undefined
        ? { ...shape, members: new Map([...shape.members].map(([key, each]) => [key, callMember(each)])) }
        : { kind: "named", ...shape.called, typeArguments: [], expand: () => shape };
    default:
      return shape;
  }
}

function callMember(member: Member): Member {
  return { ...member, shape: callByName(member.shape) };
}
