import type { StandardSchemaV1 } from "@standard-schema/spec";
import { equalData } from "./changes.js";
import { isPlainObject } from "./serialization.js";
import type { SessionDict } from "./types.js";

/** A zod schema: it can decode and encode. */
export interface TwoWaySchema extends StandardSchemaV1 {
  safeEncode(session: unknown): { readonly success: boolean; readonly data?: unknown };
}

/** Whether a Standard Schema knows the way back too. zod 4's do. */
export function isTwoWay(schema: StandardSchemaV1): schema is TwoWaySchema {
  return schema["~standard"].vendor === "zod" && "safeEncode" in schema && typeof schema.safeEncode === "function";
}

/** Turns a session into what its schema decodes. Keys that the schema ignores stay. */
export function encodeSession(schema: TwoWaySchema, session: object): object {
  const encoded = encodeWith(schema, session);
  if (encoded === undefined || !isPlainObject(session)) return session;
  carryIgnoredKeys(session, encoded, (candidate) => {
    const without = encodeWith(schema, candidate);
    return without !== undefined && equalData(without, encodeWith(schema, session));
  });
  return encoded;
}

/**
 * `undefined` where the schema can't encode this at all: a one-way transform. A session that does not fit the schema
 * (a key with a default was deleted) is encoded as far as it fits: what is to be stored is checked later.
 */
function encodeWith(schema: TwoWaySchema, session: object): SessionDict | undefined {
  try {
    const result = schema.safeEncode(session);
    if (!result.success) return encodeMembers(schema, session);
    return isPlainObject(result.data) ? result.data : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === "ZodEncodeError") return undefined;
    throw error;
  }
}

function encodeMembers(schema: TwoWaySchema, session: object): SessionDict | undefined {
  if (!("shape" in schema) || !isPlainObject(schema.shape)) return undefined;
  const encoded: SessionDict = { ...session };
  for (const [key, member] of Object.entries<unknown>(schema.shape)) {
    if (encoded[key] === undefined || !isTwoWayMember(member)) continue;
    const result = member.safeEncode(encoded[key]);
    if (result.success) encoded[key] = result.data;
  }
  return encoded;
}

function isTwoWayMember(member: unknown): member is TwoWaySchema {
  return typeof member === "object" && member !== null && "safeEncode" in member;
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
  if (typeof part !== "object" || part === null || !("_zod" in part)) return undefined;
  const internals: unknown = part._zod;
  if (typeof internals !== "object" || internals === null || !("def" in internals)) return undefined;
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
