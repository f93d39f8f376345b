import { castOf, withoutCasts } from "./casts.js";
import type { Site } from "./site.js";
import type { PatternElement, Tree } from "./tree.js";

/** What may be destructured for its session. */
export interface Destructured<Node> {
  readonly isExpression: (expression: Node) => boolean;
  /** Whether a parameter is a request, by its pattern, its type as annotated, and the parameter that follows. */
  readonly isParameter: (pattern: Node, type: Node | undefined, next: Node | undefined) => boolean;
  /** Whether what a pattern's element takes out is a request, by its key: `req: { session }`. */
  readonly isMember: (pattern: Node, key: string) => boolean;
}

/** The sessions that a variable or the parameters of a function take out of requests with `{ session }`. */
export function sitesOfDestructuring<Node extends object>(
  tree: Tree<Node>,
  node: Node,
  requests: Destructured<Node>,
): Site<Node>[] {
  const shape = tree.shape(node);
  if (shape.kind === "variable" && shape.initializer) {
    return sitesOfVariable(tree, shape.name, shape.initializer, requests);
  }
  if (shape.kind !== "function") return [];
  return shape.parameters.flatMap(({ name, type }, index) => {
    const nested = sitesOfMembers(tree, name, requests);
    const elements = sessionElements(tree, name);
    if (elements.length === 0 || !requests.isParameter(name, type, shape.parameters[index + 1]?.name)) return nested;
    return [...elements.map((element) => toSite(tree, element, name)), ...nested];
  });
}

/** The sessions of requests that a pattern takes out in turn: `{ req: { session } }`. */
function sitesOfMembers<Node extends object>(
  tree: Tree<Node>,
  pattern: Node,
  requests: Destructured<Node>,
): Site<Node>[] {
  return elementsOf(tree, pattern).flatMap(({ key, name }) => {
    const elements = key === undefined || !requests.isMember(name, key) ? [] : sessionElements(tree, name);
    return [...elements.map((element) => toSite(tree, element, name)), ...sitesOfMembers(tree, name, requests)];
  });
}

function sitesOfVariable<Node extends object>(
  tree: Tree<Node>,
  name: Node,
  initializer: Node,
  requests: Destructured<Node>,
): Site<Node>[] {
  const nested = sitesOfMembers(tree, name, requests);
  const elements = sessionElements(tree, name);
  const request = withoutCasts(tree, initializer);
  if (elements.length === 0 || !requests.isExpression(request)) return nested;
  // One cast is one disguise, if the session is taken out twice: `const { session, session: { userId } } = req as any`.
  const sites = elements.map((element, index) => ({
    ...toSite(tree, element, request),
    disguises: index === 0 ? castOf(tree, "request-cast", initializer, request) : [],
  }));
  return [...sites, ...nested];
}

function sessionElements<Node extends object>(tree: Tree<Node>, pattern: Node): PatternElement<Node>[] {
  return elementsOf(tree, pattern).filter(({ key }) => key === "session");
}

function toSite<Node extends object>(tree: Tree<Node>, element: PatternElement<Node>, request: Node): Site<Node> {
  const { node, name } = element;
  const [first, ...others] = elementsOf(tree, name);
  const key = others.length === 0 ? first?.key : undefined;
  return { form: "destructured", session: node, outer: node, request, key, disguises: [] };
}

/** What a site's element takes out of the session in turn: `userId` in `session: { userId }`. */
export function keysTakenOut<Node extends object>(tree: Tree<Node>, element: Node): readonly PatternElement<Node>[] {
  const pattern = tree.parent(element);
  const found = pattern && elementsOf(tree, pattern).find(({ node }) => node === element);
  return found ? elementsOf(tree, found.name) : [];
}

/** The parts of a pattern; none of anything else. */
function elementsOf<Node extends object>(tree: Tree<Node>, pattern: Node): readonly PatternElement<Node>[] {
  const shape = tree.shape(pattern);
  return shape.kind === "object-pattern" ? shape.elements : [];
}
