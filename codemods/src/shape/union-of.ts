import { isNothing, isUndefined } from "./nothing.js";
import { anyShape, primitive, type Shape } from "./shape.js";

/** The shapes as alternatives: each once, `true` and `false` together a boolean, literals within their primitive, nothing last. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((each) => (each.kind === "union" ? each.of : [each]));
  if (flat.some(({ kind }) => kind === "any")) return anyShape;
  const distinct = distinctOf(flat);
  const isTrue = distinct.has(keyOf({ kind: "literal", value: true }));
  if (isTrue && distinct.has(keyOf({ kind: "literal", value: false }))) distinct.set("boolean", primitive("boolean"));
  const of = [...distinct.values()].filter((each) => !isWithin(each, distinct));
  const [only] = of;
  if (only !== undefined && of.length === 1) return only;
  return { kind: "union", of: [...of.filter((each) => !isNothing(each)), ...of.filter(isNothing)] };
}

/** Whether an alternative is one of the values of a primitive that is there too, by its name. */
export function isWithin(shape: Shape, names: { has: (name: string) => boolean }): boolean {
  if (shape.kind === "template") return names.has("string");
  return shape.kind === "literal" && names.has(typeof shape.value);
}

/** Each shape once, by its key: one that the application has a name for, if there is one. */
export function distinctOf(shapes: readonly Shape[]): Map<string, Shape> {
  const distinct = new Map<string, Shape>();
  for (const each of shapes) {
    const key = keyOf(each);
    const known = distinct.get(key);
    if (known?.kind !== "object" || known.called === undefined) distinct.set(key, each);
  }
  return distinct;
}

/** What is left of a shape when a value is there. */
export function withoutUndefined(shape: Shape): Shape {
  if (shape.kind !== "union") return shape;
  return unionOf(shape.of.filter((each) => !isUndefined(each)));
}

/** Shapes with the same key are the same. */
export function keyOf(shape: Shape): string {
  switch (shape.kind) {
    case "primitive":
      return shape.name;
    case "literal":
      return JSON.stringify(shape.value);
    case "template":
      return shape.text;
    case "array":
      return `${keyOf(shape.element)}[]`;
    case "record":
      return `{[]:${keyOf(shape.value)}}`;
    case "object": {
      const members = [...shape.members].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${members.map(([name, each]) => `${JSON.stringify(name)}${each.optional ? "?" : ""}:${keyOf(each.shape)}`).join()}}`;
    }
    case "union":
      return shape.of.map(keyOf).sort().join("|");
    case "named":
      return `${shape.from ?? ""}#${shape.name}<${shape.typeArguments.map(keyOf).join()}>`;
    default:
      return shape.kind;
  }
}
