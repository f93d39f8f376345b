import { findImportedNames } from "./imports.js";
import { onOneLine } from "./on-one-line.js";
import type { Parameter, Tree } from "./tree.js";

/** A parameter that a framework hands the session to: `@Session() session: Record<string, any>`. */
export interface SessionParameter<Node> {
  /** The whole parameter. In ESTree, that is the name itself unless there is a modifier or a default. */
  readonly parameter: Node;
  /** An identifier, or the pattern of a session that is destructured. */
  readonly name: Node;
  /** The type as annotated. */
  readonly type: Node | undefined;
  /** The text of the type; `undefined` where there is none. */
  readonly written: string | undefined;
}

/**
 * Finds the parameters with the decorator `@Session()` of Nest or routing-controllers, in source order. A decorator of that
 * name from elsewhere is none.
 *
 * @example
 * for (const parameter of findSessionParameters(tree)) console.log(describeSessionParameter(tree, parameter));
 */
export function findSessionParameters<Node extends object>(tree: Tree<Node>): SessionParameter<Node>[] {
  if (!tree.text.includes("Session")) return [];
  const { sessionDecorator } = findImportedNames(tree);
  if (sessionDecorator.size === 0) return [];

  const visit = (node: Node): SessionParameter<Node>[] => {
    const shape = tree.shape(node);
    const parameters = shape.kind === "function" ? shape.parameters : [];
    const own = parameters.filter((parameter) => isDecorated(tree, parameter, sessionDecorator));
    return [...own.map((parameter) => toSessionParameter(tree, parameter)), ...tree.children(node).flatMap(visit)];
  };
  return visit(tree.root);
}

function isDecorated<Node extends object>(
  tree: Tree<Node>,
  { decorators }: Parameter<Node>,
  names: ReadonlySet<string>,
): boolean {
  return decorators.some((decorator) => {
    const shape = tree.shape(decorator);
    const call = shape.kind === "decorator" ? tree.shape(shape.expression) : shape;
    const callee = call.kind === "call" ? tree.shape(call.callee) : call;
    return call.kind === "call" && callee.kind === "identifier" && names.has(callee.name);
  });
}

function toSessionParameter<Node extends object>(
  tree: Tree<Node>,
  { node, name, type }: Parameter<Node>,
): SessionParameter<Node> {
  return { parameter: node, name, type, written: type && textOf(tree, type) };
}

/** Types that say nothing about a session. A record of anything is what Nest's own documentation declares. */
const untyped = /^(?:any|object|Record<string,(?:any|unknown)>|\{\[\w+:string\]:(?:any|unknown)[;,]?\})$/;

/** Says why a session parameter has no type; `undefined` where it has one. Goes by the annotation's text alone. */
export function describeSessionParameter<Node extends object>(
  tree: Tree<Node>,
  { name, written }: SessionParameter<Node>,
): string | undefined {
  const parameter = `the parameter '${onOneLine(textOf(tree, name))}'`;
  if (written === undefined) return `${parameter} has no type`;
  return untyped.test(written.replace(/\s/g, "")) ? `${parameter} is declared ${onOneLine(written)}` : undefined;
}

function textOf<Node extends object>(tree: Tree<Node>, node: Node): string {
  const { start, end } = tree.range(node);
  return tree.text.slice(start, end);
}
