import { findImportedNames } from "./imports.js";
import { isRequest } from "./requests.js";
import type { Disguise, Site } from "./site.js";
import { findSuppressions } from "./suppressions.js";
import type { Shape, Tree } from "./tree.js";

/** What a caller knows beyond the syntax of the one file. */
export interface FindOptions<Node> {
  /** Whether an expression is a request, by its type. `undefined` leaves the answer to the syntax. */
  readonly isRequest?: (node: Node) => boolean | undefined;
}

/**
 * Finds every place in a file that touches the session of a request, in source order.
 *
 * Only the syntax is looked at, so what counts is how the request is written: `req`, `ctx.req`, `getRequest()`; a
 * `ctx.session` counts in files that import Koa. A file without the word `session` is not walked at all.
 *
 * @example
 * const sourceFile = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
 * const disguised = findSites(typescriptTree(ts, sourceFile)).filter((site) => site.disguises.length > 0);
 */
export function findSites<Node extends object>(tree: Tree<Node>, options: FindOptions<Node> = {}): Site<Node>[] {
  if (!tree.text.includes("session")) return [];
  const names = findImportedNames(tree);
  const sites: Site<Node>[] = [];

  const visit = (node: Node): void => {
    tree.children(node).forEach(visit);
    const object = objectOfSession(tree.shape(node));
    if (!object) return;
    const request = withoutCasts(tree, object);
    if (!(options.isRequest?.(request) ?? isRequest(tree, request, names))) return;

    const disguises: Disguise<Node>[] = [...castOf(tree, "request-cast", object, request)];
    const outer = climb(tree, node, names.cast, disguises);
    sites.push({ session: node, outer, request, key: keyRead(tree, outer), disguises });
  };
  visit(tree.root);
  sites.sort((a, b) => tree.range(a.session).end - tree.range(b.session).end);
  return withSuppressions(tree, sites);
}

function objectOfSession<Node>(shape: Shape<Node>): Node | undefined {
  if (shape.kind === "member" && shape.name === "session") return shape.object;
  if (shape.kind === "element" && shape.key === "session") return shape.object;
  return undefined;
}

function withoutCasts<Node extends object>(tree: Tree<Node>, node: Node): Node {
  const shape = tree.shape(node);
  return shape.kind === "cast" || shape.kind === "non-null" ? withoutCasts(tree, shape.expression) : node;
}

/** The disguise that the casts from `outer` down to `inner` make together; none if there is only a `!` or nothing. */
function castOf<Node extends object>(
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

/** Goes from the session outwards to the last expression that is still the session, and notes the disguises met. */
function climb<Node extends object>(
  tree: Tree<Node>,
  session: Node,
  castNames: ReadonlySet<string>,
  disguises: Disguise<Node>[],
): Node {
  for (let inner = session; ;) {
    const outer = withCasts(tree, inner);
    disguises.push(...castOf(tree, "session-cast", outer, inner));
    const call = castCallOf(tree, outer, castNames);
    if (!call) return outer;
    disguises.push(call);
    inner = call.node;
  }
}

function withCasts<Node extends object>(tree: Tree<Node>, node: Node): Node {
  const parent = tree.parent(node);
  if (!parent) return node;
  const shape = tree.shape(parent);
  const around = (shape.kind === "cast" || shape.kind === "non-null") && shape.expression === node;
  return around ? withCasts(tree, parent) : node;
}

/** The call `cast(Type, node)`, if that is what the node stands in. */
function castCallOf<Node extends object>(tree: Tree<Node>, node: Node, castNames: ReadonlySet<string>) {
  const parent = tree.parent(node);
  if (!parent) return undefined;
  const shape = tree.shape(parent);
  if (shape.kind !== "call" || shape.optional || shape.arguments.length !== 2) return undefined;
  const [type, session] = shape.arguments;
  const callee = tree.shape(shape.callee);
  if (!type || session !== node || callee.kind !== "identifier" || !castNames.has(callee.name)) return undefined;
  const { start, end } = tree.range(type);
  return { kind: "cast-call", node: parent, expression: node, type: tree.text.slice(start, end) } as const;
}

/** The key that is asked of the session, if it is written out. */
function keyRead<Node extends object>(tree: Tree<Node>, outer: Node): string | undefined {
  const parent = tree.parent(outer);
  const shape = parent && tree.shape(parent);
  if (shape?.kind === "member" && shape.object === outer) return shape.name;
  if (shape?.kind === "element" && shape.object === outer) return shape.key;
  return undefined;
}

/** Gives each suppression comment to the first site on the line that it speaks of. */
function withSuppressions<Node extends object>(tree: Tree<Node>, sites: readonly Site<Node>[]): Site<Node>[] {
  const unassigned = new Set(findSuppressions(tree));
  if (unassigned.size === 0) return [...sites];
  return sites.map((site) => {
    const places = errorPlaces(tree, site);
    const own = [...unassigned].filter(({ line }) => places.some((at) => at >= line.start && at < line.end));
    for (const suppression of own) unassigned.delete(suppression);
    const comments = own.map(({ comment, directive }) => ({ kind: "suppression", comment, directive }) as const);
    return { ...site, disguises: [...comments, ...site.disguises] };
  });
}

/** Where the compiler would put an error of this site: at `session`, or at the key. */
function errorPlaces<Node extends object>(tree: Tree<Node>, site: Site<Node>): number[] {
  const parent = site.key === undefined ? undefined : tree.parent(site.outer);
  return [site.session, ...(parent ? [parent] : [])].map((node) => tree.range(node).end - 1);
}
