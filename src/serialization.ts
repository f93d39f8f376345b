import { SessionSerializationError } from "./errors.js";
import { kindOf } from "./kind-of.js";
import type { SessionDict } from "./types.js";

/** A class, abstract ones included. */
export type Class<T = unknown> = abstract new (...parameters: never[]) => T;

/** How values of one class are written as JSON. Made by {@link typeEncoder}. */
export interface TypeEncoder {
  readonly type: Class;
  readonly encode: (value: unknown) => unknown;
}

/** How a session class is made from JSON. Made by {@link typeDecoder}, or with a predicate that fits several classes. */
export interface TypeDecoder {
  readonly matches: (type: Class) => boolean;
  readonly decode: (type: Class, value: unknown) => unknown;
}

export type TypeEncoders = readonly TypeEncoder[];
export type TypeDecoders = readonly TypeDecoder[];

/**
 * Says how values of a class are written into a stored session. Subclasses are included.
 *
 * @example
 * ```ts
 * const encodeDate = typeEncoder(Date, (date) => date.toISOString());
 * ```
 */
export function typeEncoder<T>(type: Class<T>, encode: (value: T) => unknown): TypeEncoder {
  return {
    type,
    encode: (value) => {
      if (!(value instanceof type)) throw new TypeError(`Expected an instance of ${type.name}, got ${kindOf(value)}`);
      return encode(value);
    },
  };
}

/**
 * Says how a session class is made from what was stored. `value` is parsed JSON: check it, and throw if it does not fit.
 *
 * @example
 * ```ts
 * const decodeShop = typeDecoder(ShopSession, (value) => ShopSession.parse(value));
 * ```
 */
export function typeDecoder<TClass extends Class>(
  type: TClass,
  decode: (value: unknown) => InstanceType<TClass>,
): TypeDecoder {
  return { matches: (candidate) => candidate === type, decode: (_type, value) => decode(value) };
}

/** True for `{}`-like objects, whatever realm or parser they come from; false for arrays and class instances. */
export function isPlainObject(value: unknown): value is SessionDict {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * A copy of a session in plain JSON data, with the type encoders applied.
 *
 * The session itself may be an instance of a class: its own enumerable properties are taken. Members that are
 * `undefined` are left out, as JSON does. Everything else that JSON would change or lose is refused.
 *
 * @throws SessionSerializationError names the path of a value that JSON can't hold.
 */
export function toPlainData(session: object, encoders: TypeEncoders): SessionDict {
  return plainMembers(session, "", encoders, [session]);
}

function plainMembers(value: object, path: string, encoders: TypeEncoders, ancestors: readonly object[]): SessionDict {
  const plain: SessionDict = {};
  for (const [key, member] of Object.entries(value)) {
    const memberPath = path === "" ? key : `${path}.${key}`;
    if (key === "__proto__") throw new SessionSerializationError(memberPath, "is no name for data");
    if (member !== undefined) plain[key] = plainValue(member, memberPath, encoders, ancestors);
  }
  return plain;
}

function plainValue(value: unknown, path: string, encoders: TypeEncoders, ancestors: readonly object[]): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new SessionSerializationError(path, `is ${value}, which JSON can't hold`);
      return value === 0 ? 0 : value;
    case "object":
      return value === null ? null : plainObject(value, path, encoders, ancestors);
    default:
      throw new SessionSerializationError(path, `is ${kindOf(value)}, which JSON can't hold`);
  }
}

function plainObject(value: object, path: string, encoders: TypeEncoders, ancestors: readonly object[]): unknown {
  if (ancestors.includes(value)) throw new SessionSerializationError(path, "contains itself");
  const within = [...ancestors, value];
  const encoder = encoders.find(({ type }) => value instanceof type);
  if (encoder !== undefined) return plainValue(encoder.encode(value), path, encoders, within);
  if (Array.isArray(value)) {
    return Array.from(value, (item, index) => plainValue(item, `${path}[${index}]`, encoders, within));
  }
  if (isPlainObject(value)) return plainMembers(value, path, encoders, within);
  throw new SessionSerializationError(path, `is ${kindOf(value)}, which JSON would change`);
}

/** Parses a stored session. `undefined` when the text is not a JSON object. A key named `__proto__` is dropped. */
export function parseSessionText(text: string): SessionDict | undefined {
  try {
    const value: unknown = mayNamePrototype.test(text) ? JSON.parse(text, dropPrototypeKey) : JSON.parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// A reviver makes parsing several times slower, so it is used only where the key may be there, escaped or not.
const mayNamePrototype = /__proto__|\\u00/;

function dropPrototypeKey(key: string, member: unknown): unknown {
  return key === "__proto__" ? undefined : member;
}
