import type { Member, Shape } from "../shape/shape.js";
import { arrayLiteral, call, callWithLiteral, memberLines, objectLiteral } from "./code.js";
import type { Doc } from "./layout.js";
import type { SchemaLibrary } from "./library.js";
import { literalText, objectKeyText } from "./literal-text.js";
import { admitsUndefined, withoutUndefined } from "./simplify.js";
import { withTypeArgument, type NameOf } from "./type-text.js";
import { unionParts } from "./union-parts.js";

const isoDate = `const isoDate = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text)),
);`;

/** Valibot 1. */
export const valibotLibrary: SchemaLibrary = {
  import: `import * as v from "valibot";`,
  names: ["v", "isoDate"],
  dateDeclaration: isoDate,
  writesDates: false,
  session: ({ keys, notes, nameOf }) => {
    const members = new Map([...keys].map(([key, member]) => [key, entry(key, member, nameOf)]));
    return callWithLiteral("v.object", memberLines("{", members, "}", notes));
  },
  inferred: "v.InferOutput<typeof AppSession>",
};

function schema(shape: Shape, nameOf: NameOf): Doc {
  switch (shape.kind) {
    case "any":
    case "unknown":
      return `v.${shape.kind}()`;
    case "primitive":
      return `v.${shape.name}()`;
    case "literal":
      return call("v.literal", [literalText(shape.value)]);
    case "template":
      return [withTypeArgument("v.custom", shape, nameOf), '((value) => typeof value === "string")'];
    case "date":
      return "isoDate";
    case "array":
      return call("v.array", [schema(shape.element, nameOf)]);
    case "record":
      return call("v.record", ["v.string()", schema(shape.value, nameOf)]);
    case "object":
      return callWithLiteral(
        "v.object",
        objectLiteral([...shape.members].map(([key, member]) => entry(key, member, nameOf))),
      );
    case "union":
      return unionSchema(shape.of, nameOf);
    case "named":
      return [withTypeArgument("v.custom", shape, nameOf), "((value) => value !== undefined && value !== null)"];
  }
}

function entry(key: string, { shape, optional }: Member, nameOf: NameOf): Doc {
  const name = `${objectKeyText(key)}: `;
  if (!optional && !admitsUndefined(shape)) return [name, schema(shape, nameOf)];
  const inner = schema(withoutUndefined(shape), nameOf);
  // JSON leaves a member out that is undefined; with a default its absence is accepted, and its type stays required.
  return [name, call("v.optional", optional ? [inner] : [inner, "() => undefined"])];
}

function unionSchema(alternatives: readonly Shape[], nameOf: NameOf): Doc {
  const { isNullable, texts, others } = unionParts(alternatives);
  const choices = texts.length === 0 ? [] : [callWithLiteral("v.picklist", arrayLiteral(texts))];
  const union = unionOf([...choices, ...others.map((part) => schema(part, nameOf))]);
  return isNullable ? call("v.nullable", [union]) : union;
}

function unionOf(schemas: readonly Doc[]): Doc {
  const [first, second] = schemas;
  if (first === undefined) return "v.never()";
  return second === undefined ? first : callWithLiteral("v.union", arrayLiteral(schemas));
}
