import type { Member, Shape } from "../shape/shape.js";
import { arrayLiteral, call, callWithLiteral, chain, memberLines, objectLiteral } from "./code.js";
import type { Doc } from "./layout.js";
import type { SchemaLibrary } from "./library.js";
import { literalText, objectKeyText } from "./literal-text.js";
import { admitsUndefined, withoutUndefined } from "./simplify.js";
import { typeDoc, withTypeArgument, withTypeArguments, type NameOf } from "./type-text.js";
import { unionParts } from "./union-parts.js";

interface Zod {
  readonly major: 3 | 4;
  readonly nameOf: NameOf;
}

/** A schema: calls on something, and perhaps a cast, after which no more calls can follow. */
interface ZodSchema {
  readonly head: "z" | "isoDate";
  readonly calls: readonly Doc[];
  readonly cast?: Doc;
}

const isoDate = `const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});`;

/** Zod, by its major version. */
export function zodLibrary(major: 3 | 4): SchemaLibrary {
  return {
    import: `import { z } from "zod";`,
    names: major === 4 ? ["z", "isoDate"] : ["z"],
    dateDeclaration: major === 4 ? isoDate : undefined,
    writesDates: major === 4,
    session: ({ keys, notes, nameOf }) => {
      const zod: Zod = { major, nameOf };
      const members = new Map([...keys].map(([key, member]) => [key, entry(key, member, zod)]));
      const written = callWithLiteral("object", memberLines("{", members, "}", notes));
      return schemaDoc(withExactType(fromZod(written), keys, zod));
    },
    inferred: "z.infer<typeof AppSession>",
  };
}

function schemaDoc({ head, calls, cast }: ZodSchema): Doc {
  const doc = chain(head, calls);
  return cast === undefined ? doc : [doc, " as ", cast];
}

function schema(shape: Shape, zod: Zod): ZodSchema {
  switch (shape.kind) {
    case "any":
    case "unknown":
      return fromZod(`${shape.kind}()`);
    case "primitive":
      return fromZod(`${shape.name}()`);
    case "literal":
      return fromZod(call("literal", [literalText(shape.value)]));
    case "template":
      return fromZod([withTypeArgument("custom", shape, zod.nameOf), '((value) => typeof value === "string")']);
    case "date":
      return zod.major === 4 ? { head: "isoDate", calls: [] } : fromZod("coerce.date()");
    case "array":
      return fromZod(call("array", [nested(shape.element, zod)]));
    case "record":
      return fromZod(call("record", ["z.string()", nested(shape.value, zod)]));
    case "object": {
      const entries = [...shape.members].map(([key, member]) => entry(key, member, zod));
      return withExactType(fromZod(callWithLiteral("object", objectLiteral(entries))), shape.members, zod);
    }
    case "union":
      return unionSchema(shape.of, zod);
    case "named":
      return fromZod([withTypeArgument("custom", shape, zod.nameOf), "()"]);
  }
}

function nested(shape: Shape, zod: Zod): Doc {
  return schemaDoc(schema(shape, zod));
}

function fromZod(made: Doc): ZodSchema {
  return { head: "z", calls: [made] };
}

/** `schema.name()`, or `z.name(schema)` where a method can't follow. */
function wrapped(inner: ZodSchema, name: "nullable" | "optional"): ZodSchema {
  if (inner.cast !== undefined) return fromZod(call(name, [schemaDoc(inner)]));
  return { ...inner, calls: [...inner.calls, `${name}()`] };
}

function entry(key: string, { shape, optional }: Member, zod: Zod): Doc {
  const name = `${objectKeyText(key)}: `;
  if (optional) return [name, schemaDoc(wrapped(schema(withoutUndefined(shape), zod), "optional"))];
  const required = schema(shape, zod);
  if (zod.major === 3 || !admitsUndefined(shape)) return [name, schemaDoc(required)];
  // JSON leaves such a member out, and zod 4 would refuse its absence.
  return [name, schemaDoc({ ...required, calls: [...required.calls, "prefault(undefined)"] })];
}

function unionSchema(alternatives: readonly Shape[], zod: Zod): ZodSchema {
  const { isNullable, texts, others } = unionParts(alternatives);
  const choices = texts.length === 0 ? [] : [fromZod(callWithLiteral("enum", arrayLiteral(texts)))];
  const union = unionOf([...choices, ...others.map((part) => schema(part, zod))]);
  return isNullable ? wrapped(union, "nullable") : union;
}

function unionOf(schemas: readonly ZodSchema[]): ZodSchema {
  const [first, second] = schemas;
  if (first === undefined) return fromZod("never()");
  if (second === undefined) return first;
  return fromZod(callWithLiteral("union", arrayLiteral(schemas.map(schemaDoc))));
}

/**
 * Says an object's type where zod would infer another: zod 3 makes members optional that may be `undefined`, and zod 4
 * makes a record of nothing of an object without members.
 */
function withExactType(object: ZodSchema, members: ReadonlyMap<string, Member>, { major, nameOf }: Zod): ZodSchema {
  const isInexact =
    major === 4
      ? members.size === 0
      : [...members.values()].some(({ shape, optional }) => !optional && admitsUndefined(shape));
  if (!isInexact) return object;
  const type: Shape = { kind: "object", members };
  const cast =
    major === 4
      ? withTypeArgument("z.ZodType", type, nameOf)
      : withTypeArguments("z.ZodType", [typeDoc(type, nameOf), "z.ZodTypeDef", "unknown"]);
  return { ...object, cast };
}
