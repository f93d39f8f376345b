import type { Disguise } from "./site.js";
import type { Tree } from "./tree.js";

export function withoutCasts<Node extends object>(tree: Tree<Node>, node: Node): Node {
  const shape = tree.shape(node);
  return shape.kind === "cast" || shape.kind === "non-null" ? withoutCasts(tree, shape.expression) : node;
}

/** The disguise that the casts from `outer` down to `inner` make together; none if there is only a `!` or nothing. */
export function castOf<Node extends object>(
  tree: Tree<Node>,
  kind: "session-cast" | "request-cast",
  outer: Node,
  inner: Node,
): Disguise<Node>[] {
  for (let node = outer; node !== inner;) {
    const shape = tree.shape(node);
    if (shape.kind === "cast") {
      const { start, end } = tree.range(shape.type);
      return [{ kind, node, expression: inner, form: shape.form, type: tree.text.slice(start, end) }];
    }
    if (shape.kind !== "non-null") return [];
    node = shape.expression;
  }
  return [];
}
