import type { Member, NamedShape, Shape } from "../shape/shape.js";
import { bracketed, group, ifBroken, indent, join, layOut, line, softLine, type Doc } from "./layout.js";
import { keyText, literalText, quote } from "./literal-text.js";

/** How a named type is referred to, without its type arguments. */
export type NameOf = (shape: NamedShape) => string;

/** The type that a shape says, on one line, as it can be written in any file: imports stand within it. */
export function renderTypeText(shape: Shape): string {
  return layOut(group(typeDoc(shape, nameWithImport)), Infinity);
}

/** Refers to a type by the module that exports it: `import("./user").User`. */
export function nameWithImport({ name, from }: NamedShape): string {
  return from === undefined ? name : `import(${quote(from)}).${name}`;
}

/** The type that a shape says. */
export function typeDoc(shape: Shape, nameOf: NameOf): Doc {
  switch (shape.kind) {
    case "any":
    case "unknown":
      return shape.kind;
    case "primitive":
      return shape.name;
    case "literal":
      return literalText(shape.value);
    case "template":
      return shape.text;
    case "date":
      return "Date";
    case "array":
      return [elementDoc(shape.element, nameOf), "[]"];
    case "record":
      return typeArgumentsDoc("Record", [{ kind: "primitive", name: "string" }, shape.value], nameOf);
    case "object":
      return objectTypeDoc(shape.members, nameOf);
    case "union":
      return unionDoc(shape.of, nameOf);
    case "named":
      return typeArgumentsDoc(nameOf(shape), shape.typeArguments, nameOf);
  }
}

/** A member of a type, without what separates it from the next. */
export function memberDoc(key: string, { shape, optional }: Member, nameOf: NameOf): Doc {
  const name = `${keyText(key)}${optional ? "?" : ""}:`;
  const type = typeDoc(shape, nameOf);
  return isBrokenBefore(shape) ? group(name, " ", indent(type)) : [name, " ", type];
}

function objectTypeDoc(members: ReadonlyMap<string, Member>, nameOf: NameOf): Doc {
  const docs = [...members].map(([key, member]) => memberDoc(key, member, nameOf));
  return bracketed("{", docs, "}", { pad: line, separator: ";" });
}

function elementDoc(element: Shape, nameOf: NameOf): Doc {
  const doc = typeDoc(element, nameOf);
  if (element.kind !== "union" || element.of.length < 2) return doc;
  return isBrokenBefore(element) ? group("(", indent(softLine, doc), softLine, ")") : ["(", doc, ")"];
}

function unionDoc(alternatives: readonly Shape[], nameOf: NameOf): Doc {
  if (alternatives.length === 0) return "never";
  const docs = alternatives.map((part) => (part.kind === "union" ? elementDoc(part, nameOf) : typeDoc(part, nameOf)));
  if (isHugged(alternatives)) return join(" | ", docs);
  const indented = docs.map((doc) => indent(doc));
  return [ifBroken([softLine, "| "]), join([line, "| "], indented)];
}

/** An object beside nothing but `null` opens and closes on the lines of what is around the union. */
function isHugged(alternatives: readonly Shape[]): boolean {
  const others = alternatives.filter(({ kind }) => kind !== "object");
  return (
    others.length === alternatives.length - 1 &&
    others.every((part) => part.kind === "primitive" && part.name === "null")
  );
}

/** Whether each alternative gets a line of its own when there is no room for all. */
function isBrokenBefore(shape: Shape): boolean {
  return shape.kind === "union" && !isHugged(shape.of);
}

function typeArgumentsDoc(name: string, typeArguments: readonly Shape[], nameOf: NameOf): Doc {
  const [only, ...others] = typeArguments;
  if (only === undefined) return name;
  return others.length === 0
    ? withTypeArgument(name, only, nameOf)
    : withTypeArguments(
        name,
        typeArguments.map((shape) => typeDoc(shape, nameOf)),
      );
}

/** `name<argument>`. An object opens and closes on the lines of what is around it. */
export function withTypeArgument(name: string, argument: Shape, nameOf: NameOf): Doc {
  const doc = typeDoc(argument, nameOf);
  return argument.kind === "object" ? [name, "<", doc, ">"] : withTypeArguments(name, [doc]);
}

/** `name<first, second>` */
export function withTypeArguments(name: string, typeArguments: readonly Doc[]): Doc {
  const docs = typeArguments.map((doc) => group(doc));
  return bracketed(`${name}<`, docs, ">", { trail: "" });
}
