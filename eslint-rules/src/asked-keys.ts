import type { TSESTree } from "@typescript-eslint/utils";
import type { Site, Tree } from "typed-session-sites";
import { nameOf } from "./session-names.js";

/** A key that is asked of a session, or given to it. */
export interface AskedKey {
  readonly key: string;
  /** Where the key is written, or the access of it. */
  readonly node: TSESTree.Node;
  /**
   * - `access`: `session.key`, `session["key"]`, `{ key }`
   * - `get`: `session.get("key")`, as the sessions of Fastify have it; `node` is the call
   * - `set`: `session.set("key", value)`
   * - `assign`: `Object.assign(session, { key: value })`
   * - `in`: `"key" in session`
   */
  readonly by: "access" | "get" | "set" | "assign" | "in";
  /** What is written into the key, where something is. */
  readonly written?: TSESTree.Node;
}

/**
 * Lists the keys that are asked of the session of a site there and then; not through variables that hold it.
 *
 * @param literalOf - what else may say the text of a key: `session[flashKey]`
 */
export function askedKeys(
  tree: Tree<TSESTree.Node>,
  site: Site<TSESTree.Node>,
  literalOf: (key: TSESTree.Node) => string | undefined = () => undefined,
): readonly AskedKey[] {
  const name = nameOf(tree, site);
  if (name !== undefined) return name.type === "ObjectPattern" ? keysOfPattern(name) : [];
  const parent = tree.parent(site.outer);
  if (parent === undefined) return [];
  switch (parent.type) {
    case "MemberExpression":
      return parent.property === site.outer ? [] : keysOfAccess(parent, keyOfAccess(tree, site, literalOf));
    case "CallExpression":
      return isObjectAssign(parent, site.outer) ? parent.arguments.slice(1).flatMap(keysOfObject) : [];
    case "BinaryExpression":
      return keysOfIn(parent, site.outer);
    default:
      return [];
  }
}

/** The one key that an access asks for: as it is written, or as `literalOf` says. */
export function keyOfAccess(
  tree: Tree<TSESTree.Node>,
  { key, outer }: Site<TSESTree.Node>,
  literalOf: (key: TSESTree.Node) => string | undefined,
): string | undefined {
  const parent = tree.parent(outer);
  if (key !== undefined || parent?.type !== "MemberExpression" || parent.property === outer) return key;
  return parent.computed ? literalOf(parent.property) : undefined;
}

function keysOfAccess(access: TSESTree.MemberExpression, key: string | undefined): AskedKey[] {
  if (key === undefined) return [];
  return [askedByMethod(access) ?? { key, node: access, by: "access", ...writtenTo(access) }];
}

function keysOfIn({ operator, left, right }: TSESTree.BinaryExpression, session: TSESTree.Node): AskedKey[] {
  const key = operator === "in" && right === session ? staticKey(left, true) : undefined;
  return key === undefined ? [] : [{ key, node: left, by: "in" }];
}

function keysOfPattern({ properties }: TSESTree.ObjectPattern): AskedKey[] {
  return properties.flatMap((node): AskedKey[] => {
    const key = node.type === "Property" ? staticKey(node.key, node.computed) : undefined;
    return key === undefined ? [] : [{ key, node, by: "access" }];
  });
}

function keysOfObject(source: TSESTree.Node): AskedKey[] {
  if (source.type !== "ObjectExpression") return [];
  return source.properties.flatMap((node): AskedKey[] => {
    const key = node.type === "Property" ? staticKey(node.key, node.computed) : undefined;
    return key === undefined || node.type !== "Property" ? [] : [{ key, node, by: "assign", written: node.value }];
  });
}

function askedByMethod(method: TSESTree.MemberExpression): AskedKey | undefined {
  const call = method.parent;
  if (call.type !== "CallExpression" || call.callee !== method) return undefined;
  const name = staticKey(method.property, method.computed);
  const [argument, written] = call.arguments;
  const key = argument && staticKey(argument, true);
  if (key === undefined) return undefined;
  if (name === "get" && written === undefined) return { key, node: call, by: "get" };
  return name === "set" && written !== undefined ? { key, node: call, by: "set", written } : undefined;
}

function writtenTo(access: TSESTree.MemberExpression): Pick<AskedKey, "written"> {
  const { parent } = access;
  return parent.type === "AssignmentExpression" && parent.left === access ? { written: parent.right } : {};
}

function isObjectAssign({ callee, arguments: [target] }: TSESTree.CallExpression, session: TSESTree.Node): boolean {
  if (target !== session || callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return false;
  return callee.object.name === "Object" && staticKey(callee.property, callee.computed) === "assign";
}

/** The key as it is written; `undefined` of one that is computed. */
export function staticKey(key: TSESTree.Node, isComputed: boolean): string | undefined {
  if (key.type === "Identifier" && !isComputed) return key.name;
  if (key.type === "TemplateLiteral" && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined;
  return key.type === "Literal" && typeof key.value === "string" ? key.value : undefined;
}
