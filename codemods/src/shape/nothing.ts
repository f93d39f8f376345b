import type { Shape } from "./shape.js";

export function isNull(shape: Shape): boolean {
  return shape.kind === "primitive" && shape.name === "null";
}

export function isUndefined(shape: Shape): boolean {
  return shape.kind === "primitive" && shape.name === "undefined";
}

/** Whether it is no value: `null`, or `undefined`. */
export function isNothing(shape: Shape): boolean {
  return isNull(shape) || isUndefined(shape);
}
