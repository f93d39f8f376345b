import type { Shape } from "../shape/shape.js";
import { quote } from "./literal-text.js";
import { isNull, isUndefined } from "../shape/nothing.js";

/** A union as zod and valibot write it. */
export interface UnionParts {
  /** `null` is one of the alternatives, and not among the others. */
  readonly isNullable: boolean;
  /** The string literals in code, if there are at least two. */
  readonly texts: readonly string[];
  readonly others: readonly Shape[];
}

export function unionParts(alternatives: readonly Shape[]): UnionParts {
  const notNull = alternatives.filter((part) => !isNull(part));
  const isNullable = notNull.length < alternatives.length && !notNull.every(isUndefined);
  const parts = isNullable ? notNull : alternatives;
  const texts = parts.flatMap((part) => (isText(part) ? [quote(part.value)] : []));
  if (texts.length < 2) return { isNullable, texts: [], others: parts };
  return { isNullable, texts, others: parts.filter((part) => !isText(part)) };
}

function isText(shape: Shape): shape is { kind: "literal"; value: string } {
  return shape.kind === "literal" && typeof shape.value === "string";
}
