import { addReads } from "../shape/add-reads.js";
import { mergeReads } from "../shape/merge-reads.js";
import { mergeShapes } from "../shape/merge-shapes.js";
import { anyShape, isBoolean, primitive, type Shape } from "../shape/shape.js";
import { isNothing, isNull, isUndefined } from "../shape/nothing.js";
import { keyOf, unionOf } from "../shape/union-of.js";
import type { Evidence, Strength } from "./evidence.js";

/** A key of the session, with what it may hold. */
export interface InferredKey {
  readonly key: string;
  /** The readings of the evidence, the narrowest first. The last one is `any`. */
  readonly readings: readonly [Shape, ...Shape[]];
  readonly evidence: readonly Evidence[];
}

/** Which reading of its evidence each key has; the first, where it is not said. */
export type Readings = ReadonlyMap<string, number>;

/** What a key holds by the reading that was chosen for it. */
export function chosenReading({ key, readings: [first, ...wider] }: InferredKey, chosen: Readings): Shape {
  return [first, ...wider][chosen.get(key) ?? 0] ?? first;
}

/** Reads the evidence key by key, in the order in which the keys are first met. */
export function inferKeys(evidence: readonly Evidence[]): InferredKey[] {
  const keys = [...new Set(evidence.map(({ key }) => key))];
  return keys.map((key) => {
    const own = evidence.filter((each) => each.key === key);
    return { key, readings: readingsOf(own), evidence: distinctOf(own) };
  });
}

/** A declaration says the same wherever its key is read. */
function distinctOf(evidence: readonly Evidence[]): Evidence[] {
  const placeOf = ({ strength, file, line, found, shape }: Evidence) =>
    `${strength} ${file}:${line} ${found} ${keyOf(shape)}`;
  return [...new Map(evidence.map((each) => [placeOf(each), each])).values()];
}

function readingsOf(evidence: readonly Evidence[]): readonly [Shape, ...Shape[]] {
  const of = (strength: Strength) =>
    evidence.filter((each) => each.strength === strength && each.shape.kind !== "any").map(({ shape }) => shape);
  const [declared, written, demanded] = [of("declared"), of("written"), asOne(of("demanded"))];
  const hinted = withoutTests(of("hinted"));
  const isNulled = written.some(isOrHasNull);
  const withNull = (shapes: readonly Shape[]) => (isNulled ? [...shapes, primitive("null")] : shapes);
  const values = written.filter((shape) => !isNothing(shape));

  const [firstKnown = []] = [declared, values, demanded, hinted].filter((each) => each.length > 0);
  const known = mergeShapes(firstKnown);
  // What the application declares says all that there is; an empty list says nothing of its elements.
  const telling = demanded.filter((each) => firstKnown === values || isOfUnknown(each, firstKnown));
  const readings = [
    read(withNull([telling.reduce(addReads, known)])),
    read(withNull(values)),
    read(withNull([...declared, ...values])),
    read(withNull([...declared, ...values, ...demanded])),
  ].filter((each) => each.kind !== "any");
  const distinct = [...new Map(readings.map((each) => [keyOf(each), each])).values()];
  const [first, ...others] = distinct;
  return first === undefined ? [anyShape] : [first, ...others, anyShape];
}

/** That a value is asked for, `if (value)`, says least of what it is. */
function withoutTests(hinted: readonly Shape[]): readonly Shape[] {
  const telling = hinted.filter((each) => !isBoolean(each));
  return telling.length > 0 ? telling : hinted;
}

/** Whether a list tells what the elements of another one are. */
function isOfUnknown(shape: Shape, known: readonly Shape[]): boolean {
  return shape.kind === "array" && known.some((each) => each.kind === "array" && each.element.kind === "any");
}

/** All reads are of one value. */
function asOne(shapes: readonly Shape[]): Shape[] {
  return shapes.length === 0 ? [] : [mergeReads(shapes)];
}

/** A session holds values: that a key may be missing is said by its being optional. */
function read(shapes: readonly Shape[]): Shape {
  const merged = mergeShapes(shapes);
  if (merged.kind !== "union") return isUndefined(merged) || isNull(merged) ? anyShape : merged;
  const of = merged.of.filter((each) => !isUndefined(each));
  return of.length === 0 ? anyShape : unionOf(of);
}

function isOrHasNull(shape: Shape): boolean {
  return isNull(shape) || (shape.kind === "union" && shape.of.some(isNull));
}
