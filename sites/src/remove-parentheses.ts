import { deleteCode } from "./delete-code.js";
import type { Edit } from "./site.js";
import type { Range, Shape, Tree } from "./tree.js";

/**
 * The edits that remove the parentheses around the casts from `outer` down to `core`. The compiler emits none of them.
 *
 * One pair stays where it carries meaning of its own: `(req?.session as any).x` is not `req?.session.x`. Parentheses that
 * hold no cast are the writer's own, and are emitted.
 *
 * @returns `undefined` where a comment is in the way.
 */
export function removeParentheses<Node extends object>(tree: Tree<Node>, outer: Node, core: Node): Edit[] | undefined {
  const { pairs, hasOwn } = pairsAroundCasts(tree, outer, core);
  const edits: Edit[] = [];
  for (const { pair, content } of needsParentheses(tree, outer, core) && !hasOwn ? pairs.slice(0, -1) : pairs) {
    const left = { start: pair.start, end: content.start };
    // A comment here would stay behind a return or a throw, which its line break could end.
    if (hasComment(tree, left)) return undefined;
    const right = deleteCode(tree, { start: content.end, end: pair.end });
    if (!right) return undefined;
    edits.push({ ...left, text: "" }, ...right);
  }
  return edits;
}

/** Whether `core` would mean something else if it stood in the place of `outer` without parentheses around it. */
export function needsParentheses<Node extends object>(tree: Tree<Node>, outer: Node, core: Node): boolean {
  const shape = tree.shape(core);
  if (shape.kind === "cast" || shape.kind === "non-null") return needsParentheses(tree, outer, shape.expression);
  if (!isLeftHandSide(shape)) return true;
  const spine = spineOf(tree, core);
  if (spine.hasOptional && goesOn(tree, outer)) return true;
  return (spine.hasCall || spine.hasOptional) && isBehindNew(tree, outer);
}

interface Pair {
  readonly pair: Range;
  /** What the pair encloses directly, with the parentheses inside it. */
  readonly content: Range;
}

/** The pairs from the outside in, and whether one is left when they are gone. */
function pairsAroundCasts<Node extends object>(tree: Tree<Node>, outer: Node, core: Node) {
  const pairs: Pair[] = [];
  let hasOwn = tree.parentheses(core).length > 0;
  for (let node = outer; node !== core;) {
    const shape = tree.shape(node);
    const around = tree.parentheses(node);
    if (shape.kind === "cast") {
      const contents = [tree.range(node), ...around];
      pairs.push(...around.map((pair, index) => ({ pair, content: contents[index] ?? pair })).reverse());
    } else if (around.length > 0) hasOwn = true;
    if (shape.kind !== "cast" && shape.kind !== "non-null") break;
    node = shape.expression;
  }
  return { pairs, hasOwn };
}

function isLeftHandSide<Node extends object>({ kind }: Shape<Node>): boolean {
  return ["identifier", "this", "member", "element", "call"].includes(kind);
}

/** What the chain of accesses and calls that a node is made of contains, up to the first parenthesis. */
function spineOf<Node extends object>(tree: Tree<Node>, core: Node): { hasOptional: boolean; hasCall: boolean } {
  const found = { hasOptional: false, hasCall: false };
  for (let node: Node | undefined = core; node;) {
    const shape = tree.shape(node);
    if (shape.kind === "call") found.hasCall = true;
    if ("optional" in shape && shape.optional) found.hasOptional = true;
    node = headOf(shape);
    // Parentheses end an optional chain. They do not hide a call from `new`, once they are removed.
    if (node && tree.parentheses(node).length > 0 && !found.hasOptional) {
      return { ...found, hasCall: found.hasCall || spineOf(tree, node).hasCall };
    }
  }
  return found;
}

function headOf<Node extends object>(shape: Shape<Node>): Node | undefined {
  switch (shape.kind) {
    case "member":
    case "element":
      return shape.object;
    case "call":
      return shape.callee;
    case "non-null":
    case "cast":
      return shape.expression;
    default:
      return undefined;
  }
}

/**
 * Whether the expression around a node would lengthen an optional chain that ends with the node, and so change what is
 * skipped. With a `?.` of its own it skips the same: `(a?.b)?.c` and `a?.b?.c`.
 */
function goesOn<Node extends object>(tree: Tree<Node>, node: Node): boolean {
  const parent = tree.parent(node);
  if (!parent) return false;
  const shape = tree.shape(parent);
  if (shape.kind === "other") return tree.text.startsWith("`", (tree.parentheses(node).at(-1) ?? tree.range(node)).end);
  if (shape.kind === "non-null") return tree.parentheses(parent).length === 0 && goesOn(tree, parent);
  const skipsToo = "optional" in shape && shape.optional;
  return shape.kind !== "cast" && headOf(shape) === node && !skipsToo;
}

function isBehindNew<Node extends object>(tree: Tree<Node>, node: Node): boolean {
  const { start } = tree.parentheses(node)[0] ?? tree.range(node);
  return /(?:^|[^\w$.])new$/.test(textBefore(tree, start));
}

/** The text before an offset, up to the last token: without the white space and the comments in between. */
function textBefore<Node extends object>(tree: Tree<Node>, offset: number): string {
  const text = tree.text.slice(0, offset).trimEnd();
  const comment = tree.comments().find(({ end }) => end === text.length);
  return comment ? textBefore(tree, comment.start) : text;
}

function hasComment<Node extends object>(tree: Tree<Node>, { start, end }: Range): boolean {
  return tree.comments().some((comment) => comment.start >= start && comment.end <= end);
}
