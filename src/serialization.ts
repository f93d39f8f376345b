import { SessionSerializationError } from "./errors.js";
import { isObject } from "./is-object.js";
import { kindOf } from "./kind-of.js";
import { formatPath } from "./session-path.js";
import type { SessionDict } from "./types.js";

/** A class, abstract ones included. */
export type Class<T = unknown> = abstract new (...parameters: never[]) => T;

/** How values of one class are written as JSON. Made by {@link typeEncoder}. */
export interface TypeEncoder {
  /** The class. Instances of its subclasses are written so, too. */
  readonly type: Class;
  /** What is stored in the place of a value: anything that JSON can hold, or values of other classes with encoders. */
  readonly encode: (value: unknown) => unknown;
}

/** How a session class is made from JSON. Made by {@link typeDecoder}, or with a predicate that fits several classes. */
export interface TypeDecoder {
  /** Whether it makes sessions of a class. */
  readonly matches: (type: Class) => boolean;
  /** Makes an instance of `type` from parsed JSON. What it throws says that the value does not fit. */
  readonly decode: (type: Class, value: unknown) => unknown;
}

/** Type encoders in their order: the first that fits a value is used. */
export type TypeEncoders = readonly TypeEncoder[];
/** Type decoders in their order: the first that fits a class is used. */
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
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * A session as plain JSON data, with the type encoders applied. What is plain already is not copied: the data may be the
 * session itself, or have objects in common with it.
 *
 * The session may be an instance of a class: its own enumerable properties are taken. Members that are `undefined` are
 * left out, as JSON does. Everything else that JSON would change or lose is refused.
 *
 * @throws SessionSerializationError names the path of a value that JSON can't hold.
 */
export function toPlainData(session: object, encoders: TypeEncoders): SessionDict {
  const walk: Walk = { encoders, keys: [], ancestors: [session] };
  return isPlainObject(session) ? plainMembers(session, walk) : plainMembers({ ...session }, walk);
}

/** Where a walk through a session is. */
interface Walk {
  readonly encoders: TypeEncoders;
  /** The keys that lead to the value, from the session on. */
  readonly keys: (string | number)[];
  /** The objects that hold the value. */
  readonly ancestors: object[];
}

function plainMembers(value: SessionDict, walk: Walk): SessionDict {
  let plain = value;
  for (const key of Object.keys(value)) {
    const member: unknown = value[key];
    walk.keys.push(key);
    if (key === "__proto__") throw refusal(walk, "is no name for data");
    const plainMember = member === undefined ? undefined : plainValue(member, walk);
    walk.keys.pop();
    if (member !== undefined && Object.is(plainMember, member)) continue;
    if (plain === value) plain = { ...value };
    if (plainMember === undefined) delete plain[key];
    else plain[key] = plainMember;
  }
  return plain;
}

function plainItems(items: readonly unknown[], walk: Walk): readonly unknown[] {
  let plain: unknown[] | undefined;
  // By index: what an array has no item for is refused, as `undefined`.
  for (let index = 0; index < items.length; index += 1) {
    walk.keys.push(index);
    const plainItem = plainValue(items[index], walk);
    walk.keys.pop();
    if (Object.is(plainItem, items[index])) continue;
    plain ??= [...items];
    plain[index] = plainItem;
  }
  return plain ?? items;
}

function plainValue(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw refusal(walk, `is ${value}, which JSON can't hold`);
      return value === 0 ? 0 : value;
    case "object":
      return value === null ? null : plainObject(value, walk);
    default:
      throw refusal(walk, `is ${kindOf(value)}, which JSON can't hold`);
  }
}

function plainObject(value: object, walk: Walk): unknown {
  if (walk.ancestors.includes(value)) throw refusal(walk, "contains itself");
  walk.ancestors.push(value);
  const plain = encodedObject(value, walk);
  walk.ancestors.pop();
  return plain;
}

function encodedObject(value: object, walk: Walk): unknown {
  const encoder = walk.encoders.find(({ type }) => value instanceof type);
  if (encoder !== undefined) return plainValue(encoder.encode(value), walk);
  if (Array.isArray(value)) return plainItems(value, walk);
  if (isPlainObject(value)) return plainMembers(value, walk);
  throw refusal(walk, `is ${kindOf(value)}, which JSON would change`);
}

function refusal({ keys }: Walk, problem: string): SessionSerializationError {
  return new SessionSerializationError(formatPath(keys), problem);
}

/** Parses a stored session. `undefined` when the text is not a JSON object. A key named `__proto__` is dropped. */
export function parseSessionText(text: string): SessionDict | undefined {
  try {
    const value: unknown = mayNamePrototype(text) ? JSON.parse(text, dropPrototypeKey) : JSON.parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// A reviver makes parsing several times slower, so it is used only where the key may be there, escaped or not.
function mayNamePrototype(text: string): boolean {
  return text.includes("__proto__") || text.includes("\\u00");
}

function dropPrototypeKey(key: string, member: unknown): unknown {
  return key === "__proto__" ? undefined : member;
}
