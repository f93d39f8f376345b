import type { ParserServicesWithTypeInformation, TSESTree } from "@typescript-eslint/utils";
import type { RuleContext, Scope, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type ts from "typescript";
import type { Disguise, Site, Tree } from "typed-session-sites";
import { typesOf } from "./types-of.js";
import { variableOf } from "./variables.js";

type Node = TSESTree.Node;
type Cast = Extract<Disguise<Node>, { readonly form: unknown }>;

/**
 * Finds the sites whose cast gives the very type that is there without it, so that the compiler says the same of the file when
 * all of them are gone. Needs types; without, none is found.
 *
 * The plain access is an expression that the compiler narrows, which it does not do through a cast. A cast is not idle
 * where that could make a difference, nor where an import or a type would have no use without it, nor where it tells a
 * generic call what to return.
 */
export function findIdleCasts(
  context: Readonly<RuleContext<string, readonly unknown[]>>,
  tree: Tree<Node>,
  sites: readonly Site<Node>[],
): ReadonlySet<Site<Node>> {
  const types = typesOf(context);
  const candidates = types === undefined ? [] : sites.filter((site) => givesSameType(types, site));
  if (types === undefined || candidates.length === 0) return new Set();
  const casts = sites.flatMap(({ disguises }) => disguises.map(rangeOf));
  return new Set(
    candidates.filter((site) => {
      const mayNarrow = sites.some((other) => other !== site && meets(context.sourceCode, types, site, other));
      return !mayNarrow && typesStayInUse(context.sourceCode, tree, site, casts);
    }),
  );
}

function givesSameType({ getTypeAtLocation }: ParserServicesWithTypeInformation, { disguises }: Site<Node>): boolean {
  const [cast, ...others] = disguises;
  if (cast === undefined || others.length > 0 || !("form" in cast) || rootOf(cast.expression) === undefined)
    return false;
  return isSameType(getTypeAtLocation(cast.node), getTypeAtLocation(cast.expression));
}

/** An alias of a union or an intersection is another object to the compiler, of the same parts. */
function isSameType(a: ts.Type, b: ts.Type): boolean {
  if (a === b) return true;
  if (!a.isUnionOrIntersection() || !b.isUnionOrIntersection() || a.flags !== b.flags) return false;
  return a.types.length === b.types.length && a.types.every((part, index) => part === b.types[index]);
}

/** The name that a chain of members begins with; `undefined` of a call, whose type may depend on the cast. */
function rootOf(node: Node): TSESTree.Identifier | TSESTree.ThisExpression | undefined {
  switch (node.type) {
    case "Identifier":
    case "ThisExpression":
      return node;
    case "MemberExpression":
    case "TSNonNullExpression":
    case "TSAsExpression":
    case "TSTypeAssertion":
      return rootOf("object" in node ? node.object : node.expression);
    case "ChainExpression":
      return rootOf(node.expression);
    default:
      return undefined;
  }
}

/** Whether what is said of one site's value could narrow the other's: both read the same key of the same name. */
function meets(
  sourceCode: Readonly<SourceCode>,
  { getTypeAtLocation }: ParserServicesWithTypeInformation,
  site: Site<Node>,
  other: Site<Node>,
): boolean {
  if (!isSameRoot(sourceCode, rootOf(site.request), rootOf(other.request))) return false;
  const isOtherKey = site.key !== undefined && other.key !== undefined && site.key !== other.key;
  // One key can tell which member of a union the session is, and so what another key is.
  return !isOtherKey || getTypeAtLocation(site.outer).isUnion();
}

function isSameRoot(
  sourceCode: Readonly<SourceCode>,
  a: ReturnType<typeof rootOf>,
  b: ReturnType<typeof rootOf>,
): boolean {
  if (a?.type !== "Identifier" || b?.type !== "Identifier") return a?.type === b?.type;
  return a.name === b.name && variableOf(sourceCode, a) === variableOf(sourceCode, b);
}

type Range = readonly [number, number];

function rangeOf(disguise: Disguise<Node>): Range {
  return disguise.kind === "suppression" ? [disguise.comment.start, disguise.comment.end] : disguise.node.range;
}

/** Whether every name in the types of a cast is used elsewhere too, outside of all casts. */
function typesStayInUse(
  sourceCode: Readonly<SourceCode>,
  tree: Tree<Node>,
  { disguises }: Site<Node>,
  casts: readonly Range[],
): boolean {
  const isInCast = ({ range: [start] }: Node) => casts.some(([from, to]) => from <= start && start < to);
  const isUsed = ({ references, defs }: Scope.Variable) =>
    defs.length === 0 || references.some(({ identifier }) => !isInCast(identifier));
  return disguises
    .filter((disguise): disguise is Cast => "form" in disguise)
    .flatMap(({ node, expression }) => namesIn(tree, node, expression))
    .every((name) => {
      const variable = variableOf(sourceCode, name);
      return variable === undefined || isUsed(variable);
    });
}

function namesIn(tree: Tree<Node>, node: Node, except: Node): TSESTree.Identifier[] {
  if (node === except) return [];
  const own = node.type === "Identifier" ? [node] : [];
  return [...own, ...tree.children(node).flatMap((child) => namesIn(tree, child, except))];
}
