import { isNothing, isUndefined } from "../shape/nothing.js";
import type { Shape } from "../shape/shape.js";
import { isWithin } from "../shape/union-of.js";
import { renderTypeText } from "./type-text.js";

/**
 * The same type with its unions in a form that can be written: none within another, nothing twice, `boolean` for its two
 * values, no literal beside the primitive that it belongs to, `null` and `undefined` last.
 */
export function simplify(shape: Shape): Shape {
  switch (shape.kind) {
    case "array":
      return { kind: "array", element: simplify(shape.element) };
    case "record":
      return { kind: "record", value: simplify(shape.value) };
    case "object": {
      const members = [...shape.members].map(
        ([key, member]) => [key, { ...member, shape: simplify(member.shape) }] as const,
      );
      return { ...shape, members: new Map(members) };
    }
    case "named":
      return { ...shape, typeArguments: shape.typeArguments.map(simplify) };
    case "union":
      return simplifyUnion(shape.of.map(simplify));
    default:
      return shape;
  }
}

function simplifyUnion(alternatives: readonly Shape[]): Shape {
  const parts = alternatives.flatMap((part) => (part.kind === "union" ? part.of : [part]));
  const top = parts.find(({ kind }) => kind === "any") ?? parts.find(({ kind }) => kind === "unknown");
  if (top !== undefined) return top;
  const byText = new Map(parts.map((part) => [renderTypeText(part), part] as const));
  if (byText.has("true") && byText.has("false")) byText.set("boolean", { kind: "primitive", name: "boolean" });
  const kept = [...byText.values()].filter((part) => !isWithin(part, byText));
  const of = [...kept.filter((part) => !isNothing(part)), ...kept.filter(isNothing)];
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: "union", of };
}

/** The alternatives of a union; of everything else, itself. */
function alternativesOf(shape: Shape): readonly Shape[] {
  return shape.kind === "union" ? shape.of : [shape];
}

/** Whether the type has `undefined` among its values. */
export function admitsUndefined(shape: Shape): boolean {
  return alternativesOf(shape).some((part) => part.kind === "any" || part.kind === "unknown" || isUndefined(part));
}

/** The type without `undefined`, where it is only one alternative: for an optional member, which admits it anyway. */
export function withoutUndefined(shape: Shape): Shape {
  return shape.kind === "union"
    ? simplify({ kind: "union", of: shape.of.filter((part) => !isUndefined(part)) })
    : shape;
}

/** Whether a value of the type holds a `Date` that a schema has to make of text. */
export function holdsDate(shape: Shape): boolean {
  switch (shape.kind) {
    case "date":
      return true;
    case "array":
      return holdsDate(shape.element);
    case "record":
      return holdsDate(shape.value);
    case "object":
      return [...shape.members.values()].some((member) => holdsDate(member.shape));
    case "union":
      return shape.of.some(holdsDate);
    default:
      return false;
  }
}
