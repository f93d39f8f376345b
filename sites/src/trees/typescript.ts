import type TypeScript from "typescript";
import type { Comment, ImportSpecifier, Parameter, PatternElement, Range, Shape, Tree } from "../tree.js";

type Compiler = typeof TypeScript;

/**
 * The recogniser's view of a file that the TypeScript compiler has parsed.
 *
 * @param ts The compiler module that parsed the file; it may be the application's own, of any version from 3.9 on.
 *   Nothing younger is asked of it: `ts.isTypeAssertionExpression` came with 4.0.
 * @param sourceFile Parsed with `setParentNodes`, or part of a program whose checker was asked for.
 * @throws TypeError if the nodes of the file don't know their parents.
 */
export function typescriptTree(ts: Compiler, sourceFile: TypeScript.SourceFile): Tree<TypeScript.Node> {
  // Before it is bound, a node has no parent whatever its type says.
  const firstNode: { readonly parent?: TypeScript.Node } | undefined = sourceFile.statements[0];
  if (firstNode && !firstNode.parent) {
    throw new TypeError(`${sourceFile.fileName} was parsed without parents: pass setParentNodes to createSourceFile.`);
  }

  let comments: readonly Comment[] | undefined;
  return {
    text: sourceFile.text,
    root: sourceFile,
    children: (node) => childrenOf(ts, node),
    parent: (node) => parentOf(ts, node),
    range: (node) => rangeOf(node, sourceFile),
    extent: ({ pos, end }) => ({ start: pos, end }),
    shape: (node) => shapeOf(ts, node),
    parentheses: (node) => parenthesesAround(ts, node, sourceFile),
    comments: () => (comments ??= commentsIn(ts, sourceFile)),
  };
}

function rangeOf(node: TypeScript.Node, sourceFile: TypeScript.SourceFile): Range {
  return { start: node.getStart(sourceFile), end: node.end };
}

function childrenOf(ts: Compiler, node: TypeScript.Node): TypeScript.Node[] {
  const children: TypeScript.Node[] = [];
  // forEachChild stops at a truthy answer, and push answers the new length.
  ts.forEachChild(node, (child) => void children.push(withoutParentheses(ts, child)));
  return children;
}

function withoutParentheses(ts: Compiler, node: TypeScript.Node): TypeScript.Node {
  let inner = node;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  return inner;
}

function parentOf(ts: Compiler, node: TypeScript.Node): TypeScript.Node | undefined {
  if (ts.isSourceFile(node)) return undefined;
  let parent = node.parent;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return parent;
}

function parenthesesAround(ts: Compiler, node: TypeScript.Node, sourceFile: TypeScript.SourceFile): Range[] {
  const pairs: Range[] = [];
  if (ts.isSourceFile(node)) return pairs;
  for (let parent = node.parent; ts.isParenthesizedExpression(parent); parent = parent.parent) {
    pairs.push(rangeOf(parent, sourceFile));
  }
  return pairs;
}

function shapeOf(ts: Compiler, node: TypeScript.Node): Shape<TypeScript.Node> {
  const plain = (inner: TypeScript.Node) => withoutParentheses(ts, inner);
  if (ts.isIdentifier(node)) return { kind: "identifier", name: node.text };
  if (node.kind === ts.SyntaxKind.ThisKeyword) return { kind: "this" };
  if (ts.isPropertyAccessExpression(node)) {
    const optional = node.questionDotToken !== undefined;
    return { kind: "member", object: plain(node.expression), name: node.name.text, optional };
  }
  if (ts.isElementAccessExpression(node)) {
    const key = staticKey(ts, node.argumentExpression);
    return { kind: "element", object: plain(node.expression), key, optional: node.questionDotToken !== undefined };
  }
  if (ts.isCallExpression(node)) {
    const optional = node.questionDotToken !== undefined;
    return { kind: "call", callee: plain(node.expression), arguments: node.arguments.map(plain), optional };
  }
  if (ts.isAsExpression(node)) {
    return { kind: "cast", form: "as", expression: plain(node.expression), type: plainType(ts, node.type) };
  }
  if (isAngleBracketCast(ts, node)) {
    return { kind: "cast", form: "angle-bracket", expression: plain(node.expression), type: plainType(ts, node.type) };
  }
  if (ts.isNonNullExpression(node)) return { kind: "non-null", expression: plain(node.expression) };
  if (ts.isAwaitExpression(node)) return { kind: "await", expression: plain(node.expression) };
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { kind: "import", module: node.moduleSpecifier.text, specifiers: specifiersOf(ts, node.importClause) };
  }
  if (ts.isImportEqualsDeclaration(node)) return importEqualsShape(ts, node);
  return declarationShapeOf(ts, node) ?? { kind: "other" };
}

/** `import Koa = require("koa")`. */
function importEqualsShape(ts: Compiler, node: TypeScript.ImportEqualsDeclaration): Shape<TypeScript.Node> {
  const { moduleReference, name, isTypeOnly = false } = node;
  if (!ts.isExternalModuleReference(moduleReference)) return { kind: "other" };
  const { expression } = moduleReference;
  if (!ts.isStringLiteral(expression)) return { kind: "other" };
  return {
    kind: "import",
    module: expression.text,
    specifiers: [{ node: name, imported: "*", local: name.text, typeOnly: isTypeOnly }],
  };
}

function isAngleBracketCast(ts: Compiler, node: TypeScript.Node): node is TypeScript.TypeAssertion {
  return node.kind === ts.SyntaxKind.TypeAssertionExpression;
}

/** ESTree has no node for parentheses around a type either. */
function plainType(ts: Compiler, type: TypeScript.TypeNode): TypeScript.TypeNode {
  return ts.isParenthesizedTypeNode(type) ? plainType(ts, type.type) : type;
}

function declarationShapeOf(ts: Compiler, node: TypeScript.Node): Shape<TypeScript.Node> | undefined {
  if (ts.isVariableDeclaration(node)) {
    const initializer = node.initializer && withoutParentheses(ts, node.initializer);
    return { kind: "variable", name: node.name, initializer };
  }
  if (ts.isObjectBindingPattern(node)) {
    return { kind: "object-pattern", elements: node.elements.map((element) => patternElement(ts, element)) };
  }
  if (ts.isDecorator(node)) return { kind: "decorator", expression: withoutParentheses(ts, node.expression) };
  if (ts.isFunctionLike(node) && "body" in node && node.body) {
    return { kind: "function", parameters: node.parameters.map((parameter) => parameterOf(ts, parameter)) };
  }
  return undefined;
}

function patternElement(ts: Compiler, node: TypeScript.BindingElement): PatternElement<TypeScript.Node> {
  const { name } = node;
  if (node.dotDotDotToken) return { node, key: undefined, name };
  const key = node.propertyName ?? name;
  if (ts.isIdentifier(key) || ts.isStringLiteral(key)) return { node, key: key.text, name };
  return { node, key: ts.isComputedPropertyName(key) ? staticKey(ts, key.expression) : undefined, name };
}

function parameterOf(ts: Compiler, node: TypeScript.ParameterDeclaration): Parameter<TypeScript.Node> {
  // Decorators moved into the modifiers with 4.8. They have been children all along.
  const decorators = childrenOf(ts, node).filter(ts.isDecorator);
  return { node, name: node.name, type: node.type && plainType(ts, node.type), decorators };
}

function staticKey(ts: Compiler, expression: TypeScript.Expression): string | undefined {
  const inner = withoutParentheses(ts, expression);
  return ts.isStringLiteralLike(inner) ? inner.text : undefined;
}

function specifiersOf(ts: Compiler, clause: TypeScript.ImportClause | undefined): ImportSpecifier<TypeScript.Node>[] {
  if (!clause) return [];
  const typeOnly = clause.isTypeOnly;
  const specifiers: ImportSpecifier<TypeScript.Node>[] = [];
  if (clause.name) specifiers.push({ node: clause.name, imported: "default", local: clause.name.text, typeOnly });
  const bindings = clause.namedBindings;
  if (!bindings) return specifiers;
  if (ts.isNamespaceImport(bindings)) {
    specifiers.push({ node: bindings, imported: "*", local: bindings.name.text, typeOnly });
    return specifiers;
  }
  for (const node of bindings.elements) {
    const imported = (node.propertyName ?? node.name).text;
    // Before 4.5, a single name could not say `type`, and its node does not know the word.
    specifiers.push({ node, imported, local: node.name.text, typeOnly: typeOnly || Boolean(node.isTypeOnly) });
  }
  return specifiers;
}

/** The compiler keeps no list of comments: they are what is not white space in front of a token. */
function commentsIn(ts: Compiler, sourceFile: TypeScript.SourceFile): Comment[] {
  const comments: Comment[] = [];
  const visit = (node: TypeScript.Node): void => {
    // Text between JSX tags is not trivia, and a JSDoc comment is read with the token that follows it.
    if (node.kind === ts.SyntaxKind.JsxText || ts.isJSDoc(node)) return;
    const children = node.getChildren(sourceFile);
    if (children.length > 0) children.forEach(visit);
    else comments.push(...commentsBetween(sourceFile.text, node.getFullStart(), node.getStart(sourceFile)));
  };
  visit(sourceFile);
  return comments;
}

/** The comments in a stretch of text that holds only white space and comments. */
function commentsBetween(text: string, start: number, end: number): Comment[] {
  const comments: Comment[] = [];
  const pattern = /\/\/([^\r\n\u2028\u2029]*)|\/\*([^]*?)\*\//g;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match && match.index < end; match = pattern.exec(text)) {
    comments.push({ start: match.index, end: pattern.lastIndex, value: match[1] ?? match[2] ?? "" });
  }
  return comments;
}
