import { deleteCode } from "./delete-code.js";
import { needsParentheses, removeParentheses } from "./remove-parentheses.js";
import { removeSuppression } from "./remove-suppression.js";
import type { Disguise, Edit, Site } from "./site.js";
import type { Tree } from "./tree.js";

/**
 * The edits that take all disguises of a site out of the text: the cast's own tokens, and the parentheses that only the
 * cast needed. All other text stays, to the byte, comments too; the emitted JavaScript stays, but for the call of `cast()`.
 *
 * @returns `undefined` where a comment or an optional chain stands so that neither can be kept as it is.
 *
 * @example
 * // (req.session as any).userId     ->  req.session.userId
 * // (req?.session as any).userId    ->  (req?.session).userId
 * const edits = removeDisguises(tree, site);
 */
export function removeDisguises<Node extends object>(tree: Tree<Node>, site: Site<Node>): Edit[] | undefined {
  const edits: Edit[] = [];
  for (const disguise of site.disguises) {
    const own = editsFor(tree, disguise);
    if (!own) return undefined;
    edits.push(...own);
  }
  return merge(tree.text, edits);
}

function editsFor<Node extends object>(tree: Tree<Node>, disguise: Disguise<Node>): Edit[] | undefined {
  switch (disguise.kind) {
    case "suppression":
      return removeSuppression(tree.text, disguise.comment);
    case "cast-call":
      return removeCastCall(tree, disguise.node, disguise.expression);
    default:
      return removeCasts(tree, disguise.node, disguise.expression);
  }
}

/** Removes the casts from `outer` down to `core`. A `!` between them stays: it emits nothing, and hides little. */
function removeCasts<Node extends object>(tree: Tree<Node>, outer: Node, core: Node): Edit[] | undefined {
  const edits: Edit[] = [];
  for (let node = outer; node !== core;) {
    const shape = tree.shape(node);
    if (shape.kind !== "cast" && shape.kind !== "non-null") return undefined;
    if (shape.kind === "cast") {
      const tokens = castTokens(tree, node, shape.expression);
      if (!tokens) return undefined;
      edits.push(...tokens);
    }
    node = shape.expression;
  }
  const parentheses = removeParentheses(tree, outer, core);
  return parentheses && [...edits, ...parentheses];
}

/** `<T>` or `as T`, with the space that set it apart from the expression. */
function castTokens<Node extends object>(tree: Tree<Node>, cast: Node, expression: Node): Edit[] | undefined {
  const whole = tree.range(cast);
  const inner = tree.parentheses(expression).at(-1) ?? tree.range(expression);
  return inner.start > whole.start
    ? deleteCode(tree, { start: whole.start, end: inner.start })
    : deleteCode(tree, { start: inner.end, end: whole.end });
}

/** `cast(T, session)` becomes `session`. */
function removeCastCall<Node extends object>(tree: Tree<Node>, call: Node, session: Node): Edit[] | undefined {
  const whole = tree.range(call);
  const { start, end } = tree.range(session);
  if (!needsParentheses(tree, call, session)) {
    const head = deleteCode(tree, { start: whole.start, end: start });
    const tail = deleteCode(tree, { start: end, end: whole.end });
    return head && tail && [...head, ...tail];
  }
  if (tree.comments().some((comment) => comment.start > whole.start && comment.end < whole.end)) return undefined;
  return [
    { start: whole.start, end: start, text: "(" },
    { start: end, end: whole.end, text: ")" },
  ];
}

/** Touching edits become one. What they separated stays separate: `return(x as any)` is not `returnx`. */
function merge(text: string, edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last?.end === edit.start)
      merged.splice(-1, 1, { start: last.start, end: edit.end, text: last.text + edit.text });
    else merged.push(edit);
  }
  return merged.map((edit) => (edit.text === "" && glues(text, edit) ? { ...edit, text: " " } : edit));
}

function glues(text: string, { start, end }: Edit): boolean {
  const between = text.slice(start - 1, start) + text.slice(end, end + 1);
  return /^[\p{ID_Continue}$]{2}$/u.test(between) || between === "!=";
}
