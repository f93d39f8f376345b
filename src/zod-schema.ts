import type { StandardSchemaV1 } from "@standard-schema/spec";
import { equalData } from "./changes.js";
import { isObject } from "./is-object.js";
import { isPlainObject } from "./serialization.js";
import type { SessionDict } from "./types.js";

/** A schema that can decode and encode. */
interface TwoWaySchema {
  safeEncode(session: unknown): { readonly success: boolean; readonly data?: unknown };
}

/** Whether a Standard Schema is zod's and knows the way back too: zod 4's do. */
export function isTwoWay(schema: StandardSchemaV1): boolean {
  return schema["~standard"].vendor === "zod" && canEncode(schema);
}

/** Turns a value into what its schema decodes. */
export type Encode = (value: unknown) => unknown;

/**
 * What turns a session into what its schema decodes. Only what has another form is encoded; the rest stays as it is, and
 * so do keys that the schema does not know. A part that does not fit the schema (a key with a default was deleted) stays
 * too: what is to be stored is checked later.
 */
export function encoderOf(schema: unknown): Encode {
  if (hasOneForm(schema)) return (value) => value;
  const def = defOf(schema);
  if (def === undefined || changesValues(def["checks"])) return (value) => encodeWhole(schema, value);
  switch (def["type"]) {
    case "object":
      if (def["catchall"] !== undefined && !hasOneForm(def["catchall"])) break;
      return membersEncoder(def["shape"]);
    case "array":
      return itemsEncoder(encoderOf(def["element"]));
    case "optional":
    case "nullable":
    case "default":
      return presentEncoder(encoderOf(def["innerType"]));
  }
  return (value) => encodeWhole(schema, value);
}

/** A schema may contain itself: its members' encoders are made when there is something to encode. */
function membersEncoder(shape: Readonly<Record<string, unknown>>): Encode {
  let encoders: (readonly [key: string, encode: Encode])[] | undefined;
  return (value) => {
    if (!isPlainObject(value)) return value;
    encoders ??= Object.entries(shape).flatMap(([key, member]) =>
      hasOneForm(member) ? [] : [[key, encoderOf(member)] as const],
    );
    const encoded: SessionDict = { ...value };
    for (const [key, encode] of encoders) {
      if (encoded[key] !== undefined) encoded[key] = encode(encoded[key]);
    }
    return encoded;
  };
}

function itemsEncoder(encode: Encode): Encode {
  return (value) => (Array.isArray(value) ? value.map(encode) : value);
}

function presentEncoder(encode: Encode): Encode {
  return (value) => (value === undefined || value === null ? value : encode(value));
}

function encodeWhole(schema: unknown, value: unknown): unknown {
  const encoded = encodeWith(schema, value);
  if (encoded === undefined) return value;
  if (isPlainObject(value) && isPlainObject(encoded.data)) {
    carryIgnoredKeys(value, encoded.data, (candidate) => {
      const without = encodeWith(schema, candidate);
      return without !== undefined && equalData(without.data, encodeWith(schema, value)?.data);
    });
  }
  return encoded.data;
}

/** `undefined` where the schema can't encode this: it does not fit, or a transform in it goes one way only. */
function encodeWith(schema: unknown, value: unknown): { readonly data: unknown } | undefined {
  if (!canEncode(schema)) return undefined;
  try {
    const result = schema.safeEncode(value);
    return result.success ? { data: result.data } : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === "ZodEncodeError") return undefined;
    throw error;
  }
}

function canEncode(schema: unknown): schema is TwoWaySchema {
  if (!isObject(schema)) return false;
  return "safeEncode" in schema && typeof schema.safeEncode === "function";
}

/**
 * Keeps keys that the schema ignores, in nested plain objects too. A key that is missing from the encoded form may also
 * have been renamed by the schema: it was ignored exactly when the schema encodes the session to the same without it.
 */
function carryIgnoredKeys(
  session: SessionDict,
  encoded: SessionDict,
  encodesToTheSame: (candidate: SessionDict) => boolean,
): void {
  for (const [key, value] of Object.entries(session)) {
    const kept: unknown = encoded[key];
    if (!Object.hasOwn(encoded, key)) {
      const { [key]: _ignored, ...rest } = session;
      if (value !== undefined && encodesToTheSame(rest)) encoded[key] = value;
    } else if (isPlainObject(value) && isPlainObject(kept) && value !== kept) {
      carryIgnoredKeys(value, kept, (nested) => encodesToTheSame({ ...session, [key]: nested }));
    }
  }
}

/**
 * Whether a zod schema decodes to what it was given, so that encoding is no more than a slow way to the same: nothing in
 * it is a codec, a transform, or of a kind that is not known to be neither.
 *
 * Reads `_zod.def`, which zod documents for libraries (https://zod.dev/library-authors).
 */
export function hasOneForm(schema: unknown, seen: Set<unknown> = new Set()): boolean {
  if (seen.has(schema)) return true;
  seen.add(schema);
  const def = defOf(schema);
  if (def === undefined || def["coerce"] === true || changesValues(def["checks"])) return false;
  const parts = partsOf(def);
  return parts !== undefined && parts.every((part) => part === undefined || part === null || hasOneForm(part, seen));
}

function defOf(part: unknown): SessionDict | undefined {
  if (!isObject(part) || !("_zod" in part)) return undefined;
  const internals: unknown = part._zod;
  if (!isObject(internals) || !("def" in internals)) return undefined;
  return isPlainObject(internals.def) ? internals.def : undefined;
}

/** The schemas that a schema is made of; `undefined` where it is not of a kind with one form. */
function partsOf(def: SessionDict): readonly unknown[] | undefined {
  switch (def["type"]) {
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "undefined":
    case "any":
    case "unknown":
    case "never":
    case "literal":
    case "enum":
    case "template_literal":
      return [];
    case "object":
      return [...Object.values(def["shape"]), def["catchall"]];
    case "array":
      return [def["element"]];
    case "tuple":
      return [...def["items"], def["rest"]];
    case "record":
      return [def["keyType"], def["valueType"]];
    case "union":
      return def["options"];
    case "intersection":
      return [def["left"], def["right"]];
    case "optional":
    case "nullable":
    case "nonoptional":
    case "default":
    case "prefault":
      return [def["innerType"]];
    case "lazy":
      return [def["getter"]()];
    default:
      return undefined;
  }
}

function changesValues(checks: unknown): boolean {
  return Array.isArray(checks) && checks.some((check) => defOf(check)?.["check"] === "overwrite");
}
