import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { Comment, ImportSpecifier, Parameter, PatternElement, Range, Shape, Tree } from "../tree.js";

type Node = TSESTree.Node;
type Token = TSESTree.Token;

/** What the view needs of ESLint's `SourceCode`, so that any linter which offers these members will do. */
export type EstreeSource = Pick<
  SourceCode,
  "text" | "ast" | "visitorKeys" | "getAllComments" | "getTokenAfter" | "getTokenBefore"
>;

/**
 * The recogniser's view of a file that ESLint has parsed with `@typescript-eslint/parser`.
 *
 * ESTree wraps optional chains in a `ChainExpression`, which says nothing that parentheses don't; the view has none.
 *
 * @example
 * const sites = findSites(estreeTree(context.sourceCode));
 */
export function estreeTree(source: EstreeSource): Tree<Node> {
  return {
    text: source.text,
    root: source.ast,
    children: (node) => children(node, source.visitorKeys),
    parent,
    range: (node) => rangeOf(node, source),
    extent,
    shape,
    parentheses: (node) => parentheses(node, source),
    comments: () => source.getAllComments().filter(isScriptComment).map(toComment),
  };
}

function children(node: Node, visitorKeys: EstreeSource["visitorKeys"]): readonly Node[] {
  const found: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    // `{ session }` is one name in the source and two nodes of the same place in ESTree.
    if (key === "key" && node.type === "Property" && node.shorthand) continue;
    const value: unknown = Reflect.get(node, key);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) found.push(child.type === "ChainExpression" ? child.expression : child);
    }
  }
  return found.sort((a, b) => a.range[0] - b.range[0]);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}

function parent(node: Node): Node | undefined {
  const above = node.parent?.type === "ChainExpression" ? node.parent.parent : node.parent;
  // ESLint gives the root a parent of null.
  return above ?? undefined;
}

function shape(node: Node): Shape<Node> {
  switch (node.type) {
    case "Identifier":
      return { kind: "identifier", name: node.name };
    case "ThisExpression":
      return { kind: "this" };
    case "MemberExpression":
      return memberShape(node);
    case "CallExpression":
      return {
        kind: "call",
        callee: withoutChain(node.callee),
        arguments: node.arguments.map(withoutChain),
        optional: node.optional,
      };
    case "TSAsExpression":
    case "TSTypeAssertion":
      return {
        kind: "cast",
        form: node.type === "TSAsExpression" ? "as" : "angle-bracket",
        expression: withoutChain(node.expression),
        type: node.typeAnnotation,
      };
    case "TSNonNullExpression":
      return { kind: "non-null", expression: withoutChain(node.expression) };
    case "AwaitExpression":
      return { kind: "await", expression: withoutChain(node.argument) };
    case "ImportDeclaration":
      return {
        kind: "import",
        module: node.source.value,
        specifiers: node.specifiers.map((specifier) => importSpecifier(specifier, node.importKind === "type")),
      };
    case "TSImportEqualsDeclaration":
      return importEqualsShape(node);
    default:
      return declarationShape(node) ?? { kind: "other" };
  }
}

/** `import Koa = require("koa")`. */
function importEqualsShape({ moduleReference, id, importKind }: TSESTree.TSImportEqualsDeclaration): Shape<Node> {
  if (moduleReference.type !== "TSExternalModuleReference") return { kind: "other" };
  const { expression } = moduleReference;
  return {
    kind: "import",
    module: expression.value,
    specifiers: [{ node: id, imported: "*", local: id.name, typeOnly: importKind === "type" }],
  };
}

function declarationShape(node: Node): Shape<Node> | undefined {
  switch (node.type) {
    case "VariableDeclarator":
      return { kind: "variable", name: node.id, initializer: node.init ? withoutChain(node.init) : undefined };
    case "ObjectPattern":
      return { kind: "object-pattern", elements: node.properties.map(patternElement) };
    case "Decorator":
      return { kind: "decorator", expression: withoutChain(node.expression) };
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return { kind: "function", parameters: node.params.map(parameter) };
    default:
      return undefined;
  }
}

function patternElement(node: TSESTree.ObjectPattern["properties"][number]): PatternElement<Node> {
  if (node.type === "RestElement") return { node, key: undefined, name: node.argument };
  const key = !node.computed && node.key.type === "Identifier" ? node.key.name : staticKey(node.key);
  return { node, key, name: node.value.type === "AssignmentPattern" ? node.value.left : node.value };
}

function parameter(node: TSESTree.Parameter): Parameter<Node> {
  const declared = node.type === "TSParameterProperty" ? node.parameter : node;
  const binding = declared.type === "AssignmentPattern" ? declared.left : declared;
  const type = binding.typeAnnotation?.typeAnnotation;
  const name = binding.type === "RestElement" ? binding.argument : binding;
  // Parsers of JavaScript without decorators know of none.
  return { node, name, type, decorators: node.decorators ?? [] };
}

function memberShape(node: TSESTree.MemberExpression): Shape<Node> {
  const object = withoutChain(node.object);
  if (node.computed) return { kind: "element", object, key: staticKey(node.property), optional: node.optional };
  const name = node.property.type === "PrivateIdentifier" ? `#${node.property.name}` : node.property.name;
  return { kind: "member", object, name, optional: node.optional };
}

function staticKey(property: Node): string | undefined {
  if (property.type === "Literal" && typeof property.value === "string") return property.value;
  if (property.type === "TemplateLiteral" && property.expressions.length === 0) {
    return property.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}

function importSpecifier(node: TSESTree.ImportClause, isTypeImport: boolean): ImportSpecifier<Node> {
  const typeOnly = isTypeImport || (node.type === "ImportSpecifier" && node.importKind === "type");
  return { node, imported: importedName(node), local: node.local.name, typeOnly };
}

function importedName(node: TSESTree.ImportClause): string {
  if (node.type === "ImportDefaultSpecifier") return "default";
  if (node.type === "ImportNamespaceSpecifier") return "*";
  return node.imported.type === "Identifier" ? node.imported.name : node.imported.value;
}

function withoutChain<T extends Node>(node: T | TSESTree.ChainExpression): T | TSESTree.ChainElement {
  return node.type === "ChainExpression" ? node.expression : node;
}

function parentheses(node: Node, source: EstreeSource): readonly Range[] {
  const pairs: Range[] = [];
  const within = parent(node);
  if (!within) return pairs;
  let before: Token | null = source.getTokenBefore(node);
  let after: Token | null = source.getTokenAfter(node);
  while (before?.value === "(" && after?.value === ")" && encloses(within, before, after)) {
    pairs.push({ start: before.range[0], end: after.range[1] });
    before = source.getTokenBefore(before);
    after = source.getTokenAfter(after);
  }
  const outermost = pairs.at(-1);
  return outermost && isOwnPunctuation(within, node, outermost) ? pairs.slice(0, -1) : pairs;
}

function encloses(node: Node, open: Token, close: Token): boolean {
  return node.range[0] <= open.range[0] && close.range[1] <= node.range[1];
}

/** Whether the parentheses are the parent's own syntax: `f(x)`, `if (x)`, `catch (x)`, `(x) => …`. */
function isOwnPunctuation(parent: Node, child: Node, pair: Range): boolean {
  const isChild = (node: Node | null) => node !== null && withoutChain(node) === child;
  switch (parent.type) {
    case "CallExpression":
    case "NewExpression":
      return parent.arguments.some(isChild) && pair.end === parent.range[1];
    case "ImportExpression":
      return isChild(parent.source) && pair.end === parent.range[1];
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return isChild(parent.test);
    case "SwitchStatement":
      return isChild(parent.discriminant);
    case "WithStatement":
      return isChild(parent.object);
    case "CatchClause":
      return isChild(parent.param);
    case "TSExternalModuleReference":
      return isChild(parent.expression);
    default:
      return "params" in parent && Array.isArray(parent.params) && parent.params.some(isChild);
  }
}

function rangeOf(node: Node, source: EstreeSource): Range {
  const range = toRange(node);
  if (node.type !== "Identifier" && node.type !== "ObjectPattern" && node.type !== "ArrayPattern") return range;
  if (!node.typeAnnotation) return range;
  let last = source.getTokenBefore(node.typeAnnotation);
  if (last?.value === "?" || last?.value === "!") last = source.getTokenBefore(last);
  return { start: range.start, end: last?.range[1] ?? range.end };
}

/** Decorators stand in front of the parameter, or of the export, that they belong to. */
function extent(node: Node): Range {
  const [start, end] = node.range;
  const decorated = "declaration" in node ? node.declaration : node;
  const decorator = decorated && "decorators" in decorated ? decorated.decorators?.[0] : undefined;
  return { start: Math.min(start, decorator?.range[0] ?? start), end };
}

function toRange(node: Node | TSESTree.Comment): Range {
  return { start: node.range[0], end: node.range[1] };
}

/** ESLint lists `#!/usr/bin/env node` as a comment. */
function isScriptComment(comment: { readonly type: string }): boolean {
  return comment.type !== "Shebang";
}

function toComment(comment: TSESTree.Comment): Comment {
  return { ...toRange(comment), value: comment.value };
}
