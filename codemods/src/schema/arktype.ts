import type { Member, Shape } from "../shape/shape.js";
import { arrayLiteral, call, callWithLiteral, chain, memberLines, objectLiteral } from "./code.js";
import { group, indent, line, type Doc } from "./layout.js";
import type { SchemaLibrary } from "./library.js";
import { literalText, objectKeyText, quote } from "./literal-text.js";
import { admitsUndefined, holdsDate, withoutUndefined } from "./simplify.js";
import { withTypeArgument, type NameOf } from "./type-text.js";

/** A definition: text in arktype's own notation, an object literal, or a type that is made by calls. */
type Definition =
  | { readonly kind: "text"; readonly text: string; readonly isUnion?: boolean }
  | { readonly kind: "object" | "tuple"; readonly literal: Doc }
  | CallsDefinition;

/** How long a text the compiler is given to take apart, in characters. It manages about 400. */
const longestText = 200;

interface CallsDefinition {
  readonly kind: "calls";
  readonly head: Doc;
  readonly calls: readonly Doc[];
}

interface Context {
  readonly nameOf: NameOf;
  /** Arktype throws at unions of objects that have defaults. */
  readonly isInUnion: boolean;
}

/** Arktype 2. */
export const arktypeLibrary: SchemaLibrary = {
  import: `import { type } from "arktype";`,
  names: ["type"],
  dateDeclaration: undefined,
  writesDates: false,
  session: ({ keys, notes, nameOf }) => {
    const context: Context = { nameOf, isInUnion: false };
    if (!canBeWritten(keys)) return definitionDoc(unchecked("object", { kind: "object", members: keys }, nameOf));
    const members = new Map([...keys].map(([key, member]) => [key, entry(key, member, context)]));
    return callWithLiteral("type", memberLines("{", members, "}", notes));
  },
  inferred: "typeof AppSession.infer",
};

function definitionDoc(definition: Definition): Doc {
  switch (definition.kind) {
    case "text":
      return quote(definition.text);
    case "object":
    case "tuple":
      return definition.literal;
    case "calls":
      return chain(definition.head, definition.calls);
  }
}

function define(shape: Shape, context: Context): Definition {
  switch (shape.kind) {
    case "any":
      return { kind: "text", text: "unknown.any" };
    case "unknown":
      return { kind: "text", text: "unknown" };
    case "primitive":
      return { kind: "text", text: shape.name };
    case "literal":
      return defineLiteral(shape.value);
    case "template":
      return unchecked("string", shape, context.nameOf);
    case "date":
      return { kind: "text", text: "string.date.iso.parse" };
    case "array":
      return defineArray(define(shape.element, context));
    case "record":
      return defineRecord(shape.value, context);
    case "object": {
      if (!canBeWritten(shape.members)) return unchecked("object", shape, context.nameOf);
      const entries = [...shape.members].map(([key, member]) => entry(key, member, context));
      return { kind: "object", literal: objectLiteral(entries) };
    }
    case "union":
      return defineUnion(shape.of, context);
    case "named":
      return unchecked("unknown", shape, context.nameOf);
  }
}

/** A type that is claimed, and of which no more is checked than is said. */
function unchecked(checked: "object" | "string" | "unknown", shape: Shape, nameOf: NameOf): CallsDefinition {
  return { kind: "calls", head: `type(${quote(checked)})`, calls: [[withTypeArgument("as", shape, nameOf), "()"]] };
}

function defineLiteral(value: string | number | boolean): Definition {
  const isPlain = typeof value === "string" ? /^[^'"\\\p{C}]{0,60}$/u : /^(-?\d+(\.\d+)?|true|false)$/;
  if (!isPlain.test(String(value))) return { kind: "calls", head: `type.unit(${literalText(value)})`, calls: [] };
  return { kind: "text", text: typeof value === "string" ? `'${value}'` : String(value) };
}

function defineArray(element: Definition): Definition {
  if (element.kind !== "text") return called(element, "array()");
  return { kind: "text", text: element.isUnion === true ? `(${element.text})[]` : `${element.text}[]` };
}

function defineRecord(shape: Shape, context: Context): Definition {
  const value = define(shape, context);
  if (value.kind === "text") return { kind: "text", text: `Record<string, ${value.text}>` };
  const written = admitsUndefined(shape) ? defineWithUndefined(shape, context) : value;
  return { kind: "object", literal: objectLiteral([[`"[string]": `, definitionDoc(written)]]) };
}

function called(definition: Definition, method: Doc): CallsDefinition {
  if (definition.kind === "calls") return { ...definition, calls: [...definition.calls, method] };
  return { kind: "calls", head: callWithLiteral("type", definitionDoc(definition)), calls: [method] };
}

function defineUnion(alternatives: readonly Shape[], context: Context): Definition {
  if (isAmbiguous(alternatives)) return unchecked("unknown", { kind: "union", of: alternatives }, context.nameOf);
  const parts = alternatives.map((part) => define(part, { ...context, isInUnion: true }));
  const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  if (texts.join(" | ").length > longestText) return defineLongUnion(alternatives, context);
  const text: Definition = { kind: "text", text: texts.join(" | ") || "never", isUnion: texts.length > 1 };
  const made = parts.filter((part) => part.kind !== "text");
  return made.length === 0 ? text : unionOf(texts.length === 0 ? made : [...made, text]);
}

/** The compiler gives up on long texts, so that literals are listed one by one. */
function defineLongUnion(alternatives: readonly Shape[], context: Context): Definition {
  const literals = alternatives.flatMap((part) => (part.kind === "literal" ? [literalText(part.value)] : []));
  const others = alternatives.filter(({ kind }) => kind !== "literal");
  const listed: Definition = { kind: "calls", head: call("type.enumerated", literals), calls: [] };
  return unionOf([listed, ...others.map((part) => define(part, { ...context, isInUnion: true }))]);
}

function unionOf([first, ...others]: readonly Definition[]): Definition {
  if (first === undefined) return { kind: "text", text: "never" };
  return others.reduce((union, part) => called(union, orCall(part)), first);
}

function orCall(definition: Definition): Doc {
  if (definition.kind === "object") return callWithLiteral("or", definition.literal);
  return call("or", [definitionDoc(definition)]);
}

/** Arktype throws at a union where it can't tell by the kind of value whether a date is to be read from it. */
function isAmbiguous(alternatives: readonly Shape[]): boolean {
  return alternatives.some(
    (dated) =>
      holdsDate(dated) &&
      alternatives.some((other) => other !== dated && mayBe(other, dated.kind === "date" ? "string" : "object")),
  );
}

/** Whether a stored value of the shape may be text, or an object of some sort. */
function mayBe(shape: Shape, sort: "string" | "object"): boolean {
  switch (shape.kind) {
    case "primitive":
      return shape.name === sort;
    case "literal":
      return typeof shape.value === sort;
    case "date":
      return sort === "string";
    case "array":
    case "record":
    case "object":
      return sort === "object";
    default:
      return true;
  }
}

function entry(key: string, { shape, optional }: Member, context: Context): Doc {
  if (optional) return entryDoc(quote(`${key}?`), define(shape, context));
  const name = objectKeyText(escapeKey(key));
  // A default breaks the type that arktype infers for `any`.
  if (!admitsUndefined(shape) || shape.kind === "any") return entryDoc(name, define(shape, context));
  const definition = defineWithUndefined(shape, context);
  if (context.isInUnion) return entryDoc(name, definition);
  // JSON leaves a member out that is undefined; with a default its absence is accepted, and its type stays required.
  return [name, ": ", arrayLiteral([definitionDoc(definition), `"="`, "undefined"])];
}

function entryDoc(name: Doc, definition: Definition): Doc {
  const value = definitionDoc(definition);
  return definition.kind === "text" ? [name, ":", group(indent(line, value))] : [name, ": ", value];
}

/** Arktype's types lose `undefined` in a required member and in a record, unless it stands in the definition itself. */
function defineWithUndefined(shape: Shape, context: Context): Definition {
  const whole = define(shape, context);
  if (whole.kind === "text" && !holdsDate(shape)) return whole;
  const rest = define(withoutUndefined(shape), context);
  return { kind: "tuple", literal: arrayLiteral([definitionDoc(rest), `"|"`, `"undefined"`]) };
}

/** Keys that mean something else in arktype's notation get a backslash. */
function escapeKey(key: string): string {
  if (key.endsWith("?")) return `${key.slice(0, -1)}\\?`;
  return key === "+" || key === "..." || /^\[.*\]$/s.test(key) ? `\\${key}` : key;
}

/** Whether there is a notation for an object: not for one without members, nor for some keys with backslashes. */
function canBeWritten(members: ReadonlyMap<string, Member>): boolean {
  const isTaken = ([key, { optional }]: [string, Member]) =>
    optional ? key.endsWith("\\") : /^\\(\+|\.\.\.|\[.*\])$/s.test(key);
  return members.size > 0 && ![...members].some(isTaken);
}
