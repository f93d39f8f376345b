import type ts from "typescript";

/** A place where a key of a session is read, written or declared as a variable. */
export interface KeyAccess {
  readonly key: string;
  /** The expression whose value is the key's, or the name that the value is destructured into. */
  readonly node: ts.Expression | ts.Identifier;
  /** Where the key's name is written. */
  readonly at: ts.Node;
  /** What is written into the key, without an expression for the access: `Object.assign(session, { key: value })`, `session.set("key", value)`. */
  readonly written?: ts.Expression;
}
