import { castOf, withoutCasts } from "./casts.js";
import type { ImportedNames } from "./imports.js";
import type { Disguise, Site } from "./site.js";
import type { Shape, Tree } from "./tree.js";

/** The site that an access `request.session` is, with what is written around it. */
export function siteOfAccess<Node extends object>(
  tree: Tree<Node>,
  node: Node,
  castNames: ReadonlySet<string>,
  isRequest: (expression: Node) => boolean,
): Site<Node> | undefined {
  const object = objectOfSession(tree.shape(node));
  if (!object) return undefined;
  const request = withoutCasts(tree, object);
  if (!isRequest(request)) return undefined;

  const disguises: Disguise<Node>[] = [...castOf(tree, "request-cast", object, request)];
  const outer = climb(tree, node, castNames, disguises);
  return { form: "access", session: node, outer, request, key: keyRead(tree, outer), disguises };
}

/**
 * The site that a call is which opens a session: `await getIronSession<AppSession>(req, res, options)`. Where it is not awaited,
 * no key can be asked of it.
 */
export function siteOfOpening<Node extends object>(
  tree: Tree<Node>,
  node: Node,
  names: ImportedNames,
): Site<Node> | undefined {
  const shape = tree.shape(node);
  if (shape.kind !== "call" || !isOpener(tree, shape.callee, names)) return undefined;
  const parent = tree.parent(node);
  const awaited = parent && tree.shape(parent).kind === "await" ? parent : undefined;
  const disguises: Disguise<Node>[] = [];
  const outer = awaited === undefined ? node : climb(tree, awaited, names.cast, disguises);
  const key = awaited === undefined ? undefined : keyRead(tree, outer);
  return { form: "opened", session: awaited ?? node, outer, request: node, key, disguises };
}

function isOpener<Node extends object>(
  tree: Tree<Node>,
  callee: Node,
  { opener, ironSession }: Pick<ImportedNames, "opener" | "ironSession">,
): boolean {
  const shape = tree.shape(callee);
  if (shape.kind === "identifier") return opener.has(shape.name);
  if (shape.kind !== "member" || shape.name !== "getIronSession") return false;
  const object = tree.shape(shape.object);
  return object.kind === "identifier" && ironSession.has(object.name);
}

/**
 * The site that a variable is which holds a session, with the casts around it: `(session as any).userId`. That it holds one is
 * for the caller to know.
 */
export function siteOfAlias<Node extends object>(tree: Tree<Node>, name: Node): Site<Node> {
  const disguises: Disguise<Node>[] = [];
  const outer = climb(tree, name, new Set(), disguises);
  return { form: "held", session: name, outer, request: name, key: keyRead(tree, outer), disguises };
}

function objectOfSession<Node>(shape: Shape<Node>): Node | undefined {
  if (shape.kind === "member" && shape.name === "session") return shape.object;
  if (shape.kind === "element" && shape.key === "session") return shape.object;
  return undefined;
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
