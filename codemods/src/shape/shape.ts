/** What is known of a value in a session: a type, reduced to what a schema can say. */
export type Shape =
  /** Nothing is known of it. */
  | { readonly kind: "any" }
  /** Something, and nobody may assume what. */
  | { readonly kind: "unknown" }
  | { readonly kind: "primitive"; readonly name: PrimitiveName }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** A text of the form that a template literal type says, such as `0x${string}`; with its backticks. */
  | { readonly kind: "template"; readonly text: string }
  /** In the application's code a `Date`; a store that keeps JSON gives back text. */
  | { readonly kind: "date" }
  | { readonly kind: "array"; readonly element: Shape }
  /** Any text as key. */
  | { readonly kind: "record"; readonly value: Shape }
  | ObjectShape
  | { readonly kind: "union"; readonly of: readonly Shape[] }
  /** A type that is referred to by its name, and not taken apart: a class, an enum, a type with methods. */
  | NamedShape;

/** Plain data, taken apart. */
export interface ObjectShape {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Member>;
  /** What the application calls just this, in a file of its own. */
  readonly called?: CalledType;
}

/** A type that a file of the application exports. */
export interface CalledType {
  readonly name: string;
  /** The module specifier, as written from the session file. */
  readonly from: string;
}

/** The types that need no more than their name. */
export type PrimitiveName = "string" | "number" | "boolean" | "bigint" | "null" | "undefined";

/** A member of an object. */
export interface Member {
  readonly shape: Shape;
  readonly optional: boolean;
}

/** A type that is referred to by its name. */
export interface NamedShape {
  readonly kind: "named";
  /** The name under which `from` exports it; `default` for a default export. Without `from`, a global name. */
  readonly name: string;
  /** The module specifier, as written from the session file; `undefined` for a global type such as `Buffer`. */
  readonly from: string | undefined;
  readonly typeArguments: readonly Shape[];
  /** What it is when taken apart, one level deep. Asked only where it has to be merged with another shape. */
  readonly expand: () => Shape | undefined;
}

export const anyShape: Shape = { kind: "any" };

export function primitive(name: PrimitiveName): Shape {
  return { kind: "primitive", name };
}

export function isBoolean(shape: Shape): boolean {
  return shape.kind === "primitive" && shape.name === "boolean";
}
