import type { ObjectShape } from "./shape.js";
import { keyOf } from "./union-of.js";

/** What several objects come to has the name of one that says the same. */
export function keepName(merged: ObjectShape, from: readonly ObjectShape[]): ObjectShape {
  return from.find((each) => each.called !== undefined && keyOf(each) === keyOf(merged)) ?? merged;
}
