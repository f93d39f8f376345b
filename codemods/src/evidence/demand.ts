import type ts from "typescript";
import { mergeReads } from "../shape/merge-reads.js";
import { mergeShapes } from "../shape/merge-shapes.js";
import { isNothing } from "../shape/nothing.js";
import type { ShapeReader } from "../shape/shape-of-type.js";
import { anyShape, isBoolean, primitive, type Shape } from "../shape/shape.js";
import { unionOf } from "../shape/union-of.js";
import type { WrittenReader } from "./shape-written.js";
import { isAssignment, isDefaulted, type NameUses } from "./value-flow.js";

/** What the code that reads a value asks of it. `hinted` may be a coincidence: `if (value)`. */
export interface Demand {
  readonly shape: Shape;
  readonly strength: "written" | "demanded" | "hinted";
}

/** Tells what is asked of the value of an expression, or of a name. */
export type DemandReader = (node: ts.Node) => readonly Demand[];

const furthest = 5;
const textMethods =
  /^(?:charAt|charCodeAt|endsWith|localeCompare|match|normalize|padEnd|padStart|replace|replaceAll|split|startsWith|substr|substring|toLowerCase|toLocaleLowerCase|toUpperCase|trim|trimEnd|trimStart)$/;
const arrayMethods =
  /^(?:every|filter|find|findIndex|flatMap|forEach|join|map|pop|push|reduce|reverse|shift|some|sort|splice|unshift)$/;
const dateMethods = /^(?:getTime|toISOString|getFullYear|getMonth|getDate|toDateString|toLocaleDateString)$/;
const numberMethods = /^(?:toFixed|toPrecision)$/;

export function createDemandReader(
  compiler: typeof ts,
  checker: ts.TypeChecker,
  uses: NameUses,
  shapeOf: ShapeReader,
  shapeWritten: WrittenReader,
): DemandReader {
  const { SyntaxKind } = compiler;
  return (node) => demandsOn(node, 0);

  function demandsOn(node: ts.Node, distance: number): readonly Demand[] {
    if (distance > furthest) return [];
    if (compiler.isIdentifier(node) && isDeclared(node)) {
      const demands = uses.usesOf(node).flatMap((each) => demandsOn(each, distance + 1));
      return [...demands, ...defaultDemand(node.parent)];
    }
    return demandsOfUse(node, distance);
  }

  /** `{ key = "none" }`: what is there when nothing is. */
  function defaultDemand(declaration: ts.Node): readonly Demand[] {
    const given = compiler.isBindingElement(declaration) ? declaration.initializer : undefined;
    return given === undefined ? [] : asDemand(shapeWritten(given), "hinted");
  }

  function isDeclared({ parent }: ts.Identifier): boolean {
    return compiler.isBindingElement(parent) || compiler.isVariableDeclaration(parent) || compiler.isParameter(parent);
  }

  function demandsOfUse(node: ts.Node, distance: number): readonly Demand[] {
    const { parent } = node;
    if (compiler.isParenthesizedExpression(parent) || compiler.isNonNullExpression(parent))
      return demandsOn(parent, distance);
    if (compiler.isAsExpression(parent) || parent.kind === SyntaxKind.TypeAssertionExpression)
      return castDemand(parent, distance);
    if (compiler.isPropertyAccessExpression(parent) && parent.expression === node)
      return memberDemand(parent, distance);
    if (compiler.isElementAccessExpression(parent) && parent.expression === node)
      return elementDemand(parent, distance);
    if (compiler.isBinaryExpression(parent)) return binaryDemand(parent, node, distance);
    if (compiler.isVariableDeclaration(parent) && parent.type === undefined) return nameDemand(parent.name, distance);
    if (compiler.isPostfixUnaryExpression(parent) || compiler.isPrefixUnaryExpression(parent))
      return unaryDemand(parent);
    if (compiler.isSpreadElement(parent))
      return [{ shape: { kind: "array", element: anyShape }, strength: "demanded" }];
    if (compiler.isForOfStatement(parent) && parent.expression === node) return loopDemand(parent, distance);
    if (compiler.isTemplateSpan(parent)) return [{ shape: primitive("string"), strength: "hinted" }];
    if (compiler.isConditionalExpression(parent) && parent.condition !== node) return demandsOn(parent, distance);
    return contextDemand(node);
  }

  function castDemand(cast: ts.Node, distance: number): readonly Demand[] {
    const shape = shapeOf(checker.getTypeAtLocation(cast));
    return shape.kind === "any" || shape.kind === "unknown"
      ? demandsOn(cast, distance)
      : [{ shape, strength: "written" }];
  }

  function memberDemand(access: ts.PropertyAccessExpression, distance: number): readonly Demand[] {
    const name = access.name.text;
    const isCalled = compiler.isCallExpression(access.parent) && access.parent.expression === access;
    if (isCalled) return methodDemand(name, access.parent, distance);
    if (name === "length") return [];
    const member = { shape: whatIsRead(demandsOn(access, distance + 1)), optional: false };
    return [{ shape: { kind: "object", members: new Map([[name, member]]) }, strength: "demanded" }];
  }

  function methodDemand(name: string, call: ts.Node, distance: number): readonly Demand[] {
    if (textMethods.test(name)) return [{ shape: primitive("string"), strength: "demanded" }];
    if (dateMethods.test(name)) return [{ shape: { kind: "date" }, strength: "demanded" }];
    if (numberMethods.test(name)) return [{ shape: primitive("number"), strength: "demanded" }];
    if (!arrayMethods.test(name) || !compiler.isCallExpression(call)) return [];
    return [
      { shape: { kind: "array", element: mergeShapes(elementShapes(name, call, distance)) }, strength: "demanded" },
    ];
  }

  /** What the elements of an array are, by what is put into it, or by what its callbacks ask of them. */
  function elementShapes(name: string, { arguments: given }: ts.CallExpression, distance: number): Shape[] {
    if (name === "push" || name === "unshift") {
      return given.map((each) => (compiler.isSpreadElement(each) ? anyShape : shapeWritten(each)));
    }
    const [callback] = given;
    if (callback === undefined || !(compiler.isArrowFunction(callback) || compiler.isFunctionExpression(callback)))
      return [];
    const parameter = callback.parameters[name === "reduce" ? 1 : 0];
    if (parameter === undefined) return [];
    if (parameter.type !== undefined) return [shapeOf(checker.getTypeFromTypeNode(parameter.type))];
    return [whatIsRead(nameDemand(parameter.name, distance))];
  }

  function elementDemand(access: ts.ElementAccessExpression, distance: number): readonly Demand[] {
    const key = checker.getTypeAtLocation(access.argumentExpression);
    const inner = whatIsRead(demandsOn(access, distance + 1));
    if (key.isStringLiteral()) {
      const members = new Map([[key.value, { shape: inner, optional: false }]]);
      return [{ shape: { kind: "object", members }, strength: "demanded" }];
    }
    if (key.flags & compiler.TypeFlags.NumberLike)
      return [{ shape: { kind: "array", element: inner }, strength: "hinted" }];
    return [{ shape: { kind: "record", value: inner }, strength: "demanded" }];
  }

  function binaryDemand(binary: ts.BinaryExpression, node: ts.Node, distance: number): readonly Demand[] {
    const { kind } = binary.operatorToken;
    const other = binary.left === node ? binary.right : binary.left;
    if (isDefaulted(compiler, binary)) {
      const fallback = binary.left === node ? shapeWritten(other) : anyShape;
      return [...demandsOn(binary, distance), ...asDemand(fallback, "hinted")];
    }
    if (binary.left === node && kind === SyntaxKind.EqualsToken) return asDemand(shapeWritten(other), "written");
    if (isAssignment(compiler, binary.operatorToken)) {
      return binary.left === node ? asDemand(shapeWritten(other), "demanded") : contextDemand(node);
    }
    if (isEquality(kind)) return asDemand(withoutLiterals(withoutNothing(shapeWritten(other))), "demanded");
    if (isArithmetic(kind)) return asDemand(primitive("number"), "hinted");
    if (kind === SyntaxKind.AmpersandAmpersandToken && binary.right === node) return demandsOn(binary, distance);
    return [];
  }

  function isEquality(kind: ts.SyntaxKind): boolean {
    return (
      kind === SyntaxKind.EqualsEqualsToken ||
      kind === SyntaxKind.EqualsEqualsEqualsToken ||
      kind === SyntaxKind.ExclamationEqualsToken ||
      kind === SyntaxKind.ExclamationEqualsEqualsToken
    );
  }

  function isArithmetic(kind: ts.SyntaxKind): boolean {
    return (
      kind === SyntaxKind.MinusToken ||
      kind === SyntaxKind.AsteriskToken ||
      kind === SyntaxKind.SlashToken ||
      kind === SyntaxKind.PercentToken ||
      kind === SyntaxKind.LessThanToken ||
      kind === SyntaxKind.LessThanEqualsToken ||
      kind === SyntaxKind.GreaterThanToken ||
      kind === SyntaxKind.GreaterThanEqualsToken
    );
  }

  function unaryDemand({ operator }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): readonly Demand[] {
    if (operator === SyntaxKind.ExclamationToken) return [{ shape: primitive("boolean"), strength: "hinted" }];
    return [{ shape: primitive("number"), strength: "demanded" }];
  }

  function nameDemand(name: ts.BindingName, distance: number): readonly Demand[] {
    if (compiler.isIdentifier(name)) return demandsOn(name, distance + 1);
    if (!compiler.isObjectBindingPattern(name)) return [];
    const members = name.elements.flatMap((element) => {
      const key = element.propertyName ?? element.name;
      if (element.dotDotDotToken || !compiler.isIdentifier(key)) return [];
      return [[key.text, { shape: whatIsRead(nameDemand(element.name, distance + 1)), optional: false }] as const];
    });
    return [{ shape: { kind: "object", members: new Map(members) }, strength: "demanded" }];
  }

  function loopDemand({ initializer }: ts.ForOfStatement, distance: number): readonly Demand[] {
    const name = compiler.isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
    const element = name === undefined ? anyShape : whatIsRead(nameDemand(name, distance));
    return [{ shape: { kind: "array", element }, strength: "demanded" }];
  }

  /** What the place that an expression stands in takes: a parameter, an annotated variable, a member, a result. */
  function contextDemand(node: ts.Node): readonly Demand[] {
    const { parent } = node;
    if ((compiler.isIfStatement(parent) || compiler.isWhileStatement(parent)) && parent.expression === node) {
      return [{ shape: primitive("boolean"), strength: "hinted" }];
    }
    const type = isExpression(node) ? checker.getContextualType(node) : undefined;
    return type === undefined ? [] : asDemand(withoutNothing(shapeOf(type)), "demanded");
  }

  function isExpression(node: ts.Node): node is ts.Expression {
    return (
      compiler.isIdentifier(node) ||
      compiler.isPropertyAccessExpression(node) ||
      compiler.isElementAccessExpression(node) ||
      compiler.isBinaryExpression(node) ||
      compiler.isConditionalExpression(node) ||
      compiler.isAsExpression(node) ||
      compiler.isParenthesizedExpression(node) ||
      compiler.isNonNullExpression(node)
    );
  }
}

function asDemand(asked: Shape, strength: Demand["strength"]): readonly Demand[] {
  const shape = strength === "written" ? asked : withoutEmpty(asked);
  if (shape.kind === "any" || shape.kind === "unknown") return [];
  // An alternative between several kinds of thing tells little of what is there: `string | string[] | number`.
  const isVague = shape.kind === "union" && strength === "demanded" && new Set(shape.of.map(sortOf)).size > 1;
  return [{ shape, strength: isVague ? "hinted" : strength }];
}

/** What takes anything, `{}`, as parameters of generic functions do, asks for nothing. */
function withoutEmpty(shape: Shape): Shape {
  if (shape.kind === "union") {
    const of = shape.of.filter((each) => withoutEmpty(each).kind !== "any");
    return of.length === 0 ? anyShape : unionOf(of);
  }
  return shape.kind === "object" && shape.members.size === 0 ? anyShape : shape;
}

function sortOf(shape: Shape): string {
  if (shape.kind === "literal") return typeof shape.value;
  if (shape.kind === "template") return "string";
  return shape.kind === "primitive" ? shape.name : shape.kind;
}

function withoutNothing(shape: Shape): Shape {
  if (isNothing(shape)) return anyShape;
  if (shape.kind !== "union") return shape;
  const of = shape.of.filter((each) => !isNothing(each));
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: "union", of };
}

/** What a value is compared with is seldom all that it can be. */
function withoutLiterals(shape: Shape): Shape {
  if (shape.kind === "union") return unionOf(shape.of.map(withoutLiterals));
  if (shape.kind !== "literal") return shape;
  return primitive(typeof shape.value === "string" ? "string" : typeof shape.value === "number" ? "number" : "boolean");
}

/** What all the reads of one value together ask of it. That it is asked for says nothing. */
function whatIsRead(demands: readonly Demand[]): Shape {
  const of = (strength: Demand["strength"]) =>
    demands.filter((each) => each.strength === strength).map(({ shape }) => shape);
  const [written, demanded, hinted] = [of("written"), of("demanded"), of("hinted").filter((each) => !isBoolean(each))];
  if (written.length > 0) return mergeShapes(written);
  return mergeReads(demanded.length > 0 ? demanded : hinted);
}
