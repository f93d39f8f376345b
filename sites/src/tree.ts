/**
 * The little that the recogniser needs to know of a syntax tree.
 *
 * There are two implementations: over ESTree, for lint, and over the TypeScript compiler's own tree, for the codemod,
 * which works with the application's compiler. Trees of different compiler versions can't be mixed, hence this view.
 */
export interface Tree<Node extends object> {
  /** The whole text of the file. All offsets are UTF-16 offsets into it. */
  readonly text: string;
  /** The file's root node. */
  readonly root: Node;
  /** The node's direct children, in source order. */
  children(node: Node): readonly Node[];
  /** The node's parent; `undefined` at the root. Parentheses are never a parent: see {@link Tree.parentheses}. */
  parent(node: Node): Node | undefined;
  /**
   * Where the node's own text begins and ends, without leading comments and without parentheses around it. A name or a
   * pattern ends before its type annotation.
   */
  range(node: Node): Range;
  /** A stretch of text that holds the node and all of its children: with decorators and annotations, which may stand outside of its range. */
  extent(node: Node): Range;
  /** What the node is, as far as the recogniser cares. */
  shape(node: Node): Shape<Node>;
  /** The pairs of parentheses directly around the node, from the inside out. */
  parentheses(node: Node): readonly Range[];
  /** All comments of the file, in source order. */
  comments(): readonly Comment[];
}

/** A half-open stretch of text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Comment extends Range {
  /** The text without its comment marks. */
  readonly value: string;
}

/** The kinds of cast that TypeScript has: `x as T` and `<T>x`. */
export type CastForm = "as" | "angle-bracket";

/** What a node is. Parentheses have no shape: both trees are read as if they were not there. */
export type Shape<Node> =
  | { readonly kind: "identifier"; readonly name: string }
  | { readonly kind: "this" }
  | { readonly kind: "member"; readonly object: Node; readonly name: string; readonly optional: boolean }
  | { readonly kind: "element"; readonly object: Node; readonly key: string | undefined; readonly optional: boolean }
  | { readonly kind: "call"; readonly callee: Node; readonly arguments: readonly Node[]; readonly optional: boolean }
  | { readonly kind: "cast"; readonly form: CastForm; readonly expression: Node; readonly type: Node }
  | { readonly kind: "non-null"; readonly expression: Node }
  | { readonly kind: "await"; readonly expression: Node }
  | { readonly kind: "import"; readonly module: string; readonly specifiers: readonly ImportSpecifier<Node>[] }
  /** One declaration of a variable, `const name = initializer`. */
  | { readonly kind: "variable"; readonly name: Node; readonly initializer: Node | undefined }
  /** `{ a, b: c, ...rest }` where names are declared. */
  | { readonly kind: "object-pattern"; readonly elements: readonly PatternElement<Node>[] }
  /** A function of any form, with a body. */
  | { readonly kind: "function"; readonly parameters: readonly Parameter<Node>[] }
  | { readonly kind: "decorator"; readonly expression: Node }
  | { readonly kind: "other" };

/** One part of an object pattern: `key`, `key: name`, `key: name = default`, `...name`. */
export interface PatternElement<Node> {
  readonly node: Node;
  /** `undefined` for a rest, and for a key that is computed. */
  readonly key: string | undefined;
  /** The identifier or the pattern that the value is given to. */
  readonly name: Node;
}

/** One parameter of a function. */
export interface Parameter<Node> {
  readonly node: Node;
  /** The identifier or the pattern that the argument is given to. */
  readonly name: Node;
  /** The type as annotated, without parentheses around it. */
  readonly type: Node | undefined;
  /** The parameter's decorators, in source order; each has the shape `decorator`. */
  readonly decorators: readonly Node[];
}

/** One name that an import brings in: `import { imported as local } from "module"`. */
export interface ImportSpecifier<Node> {
  readonly node: Node;
  /** `"default"` for a default import, `"*"` for a namespace import. */
  readonly imported: string;
  readonly local: string;
  /** Whether it says `type`: `import type { A }`, `import { type A }`. */
  readonly typeOnly: boolean;
}
