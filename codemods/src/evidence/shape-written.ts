import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import { mergeShapes } from "../shape/merge-shapes.js";
import type { ShapeReader } from "../shape/shape-of-type.js";
import { primitive, type Shape } from "../shape/shape.js";

/** Tells what the value of an expression that is written somewhere is. */
export type WrittenReader = (expression: ts.Expression) => Shape;

/** Methods that give text, whatever they are called on. */
const toText =
  /^(?:normalize|padEnd|padStart|replace|replaceAll|substr|substring|toFixed|toISOString|toLocaleLowerCase|toLocaleUpperCase|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart)$/;

/** One value that is written, or one of two, is an example of what may be; a declared choice is all that may be. */
export function createWrittenReader(compiler: Compiler, checker: ts.TypeChecker, shapeOf: ShapeReader): WrittenReader {
  return shapeWritten;

  function shapeWritten(expression: ts.Expression): Shape {
    const type = checker.getTypeAtLocation(expression);
    const isExample = !type.isUnion() || compiler.isConditionalExpression(expression);
    const shape = shapeOf(checker.getWidenedType(isExample ? checker.getBaseTypeOfLiteralType(type) : type));
    if (shape.kind === "any" && isTextCall(expression)) return primitive("string");
    const isOpenList = shape.kind === "array" && shape.element.kind === "any";
    return isOpenList && compiler.isArrayLiteralExpression(expression) ? listOf(expression) : shape;
  }

  /** A list that is written as itself and more, `[...old, new]`, holds what is new: of the old one, nothing is known yet. */
  function listOf({ elements }: ts.ArrayLiteralExpression): Shape {
    const added = elements.filter((each) => !compiler.isSpreadElement(each));
    return { kind: "array", element: mergeShapes(added.map(shapeWritten)) };
  }

  function isTextCall(expression: ts.Expression): boolean {
    if (!compiler.isCallExpression(expression)) return false;
    const { expression: callee } = expression;
    return compiler.isPropertyAccessExpression(callee) && toText.test(callee.name.text);
  }
}
