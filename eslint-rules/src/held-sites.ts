import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import { siteOfAlias, type Site, type Tree } from "typed-session-sites";
import { nameOf } from "./session-names.js";
import { readsOf, variableOf } from "./variables.js";

type Node = TSESTree.Node;

/** How many variables a session is followed through, from one to the next. */
const furthest = 4;

/** Finds where a variable that holds a session is used, and those that get it from there, in source order. */
export function findHeldSites(
  sourceCode: Readonly<SourceCode>,
  tree: Tree<Node>,
  name: Node | undefined,
  distance = 0,
): readonly Site<Node>[] {
  if (distance === furthest) return [];
  return readsOf(sourceCode, name).flatMap((read) => {
    const held = siteOfAlias(tree, read);
    return [held, ...findHeldSites(sourceCode, tree, nameOf(tree, held), distance + 1)];
  });
}

/** Finds the uses of the parameters that sessions are passed to, in functions of the same file. */
export function findPassedSites(
  sourceCode: Readonly<SourceCode>,
  tree: Tree<Node>,
  sites: readonly Site<Node>[],
): readonly Site<Node>[] {
  const parameters = new Set(sites.flatMap((site) => parameterFor(sourceCode, tree, site) ?? []));
  const found: Site<Node>[] = [];
  // What is added while the set is walked is walked too.
  for (const parameter of parameters) {
    const held = findHeldSites(sourceCode, tree, parameter);
    found.push(...held);
    for (const site of held) {
      const next = parameterFor(sourceCode, tree, site);
      if (next !== undefined) parameters.add(next);
    }
  }
  return found;
}

/** The parameter that takes a session which is an argument: `forget(req.session)`. */
function parameterFor(sourceCode: Readonly<SourceCode>, tree: Tree<Node>, { outer }: Site<Node>): Node | undefined {
  const call = tree.parent(outer);
  if (call?.type !== "CallExpression" || call.callee.type !== "Identifier") return undefined;
  const index = call.arguments.findIndex(
    (each) => each === outer || (each.type === "ChainExpression" && each.expression === outer),
  );
  const parameter = functionOf(sourceCode, call.callee)?.params[index];
  const name = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  return name?.type === "Identifier" ? name : undefined;
}

/** The function that a name stands for, where the file declares it. */
function functionOf(sourceCode: Readonly<SourceCode>, name: TSESTree.Identifier) {
  const node: Node | undefined = variableOf(sourceCode, name)?.defs[0]?.node;
  const value = node?.type === "VariableDeclarator" ? node.init : node;
  switch (value?.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return value;
    default:
      return undefined;
  }
}
