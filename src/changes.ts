import { isObject } from "./is-object.js";
import { isPlainObject } from "./serialization.js";
import type { SessionDict } from "./types.js";

/**
 * What a request changed, applied to what is stored now: a three-way merge of plain data, key by key.
 *
 * Keys that are equal in `base` and `mine` were not touched and stay as they are in `theirs`, whoever wrote them and
 * whether or not the schema knows them. Nested plain objects are merged the same way; everything else, arrays
 * included, is replaced as a whole. Where both sides changed one key, `mine` wins.
 *
 * @param theirs - what is stored now
 * @param base - what the request got
 * @param mine - what the request made of it
 */
export function applyChanges(theirs: SessionDict, base: SessionDict, mine: SessionDict): SessionDict {
  const merged: SessionDict = { ...theirs };
  for (const key of new Set([...Object.keys(base), ...Object.keys(mine)])) {
    const from: unknown = base[key];
    const to: unknown = mine[key];
    if (equalData(from, to)) continue;
    if (!Object.hasOwn(mine, key)) delete merged[key];
    else if (isPlainObject(to) && isPlainObject(from) && isPlainObject(merged[key])) {
      merged[key] = applyChanges(merged[key], from, to);
    } else merged[key] = to;
  }
  return merged;
}

/** Whether two pieces of plain data hold the same, in whatever order their keys stand. */
export function equalData(a: unknown, b: unknown): boolean {
  return holdSame(a, b, false);
}

/**
 * Whether a value holds the same plain data and dates, in objects of its own: what either becomes later does not show in
 * the other. Nothing in it is of a kind that JSON would change or lose, but for those dates.
 */
export function isCopyOf(data: unknown, value: unknown): boolean {
  return holdSame(data, value, true);
}

function holdSame(a: unknown, b: unknown, apart: boolean): boolean {
  if (!isObject(a)) return b === a;
  if (b === a) return !apart;
  if (Array.isArray(a)) return Array.isArray(b) && holdSameItems(a, b, apart);
  if (isDate(a)) return isDate(b) && b.getTime() === a.getTime();
  if (!isPlainObject(b) || !isPlainObject(a)) return false;
  let extra = 0;
  for (const _key in b) extra += 1;
  for (const key in a) {
    const member: unknown = a[key];
    if (!holdSame(member, b[key], apart) || (member === undefined && !Object.hasOwn(b, key))) return false;
    extra -= 1;
  }
  return extra === 0;
}

function holdSameItems(a: readonly unknown[], b: readonly unknown[], apart: boolean): boolean {
  if (b.length !== a.length) return false;
  for (let at = 0; at < a.length; at += 1) if (!holdSame(a[at], b[at], apart)) return false;
  return true;
}

/** A copy as {@link isCopyOf} means it; `undefined` where there is anything else than plain data and dates. */
export function copyOf(session: SessionDict): SessionDict | undefined {
  const copy = copyValue(session, 0);
  return isPlainObject(copy) ? copy : undefined;
}

/** Deeper than this, data is taken to contain itself. */
const deepest = 200;

/** `undefined` for what can't be copied, `undefined` itself included. */
function copyValue(value: unknown, depth: number): unknown {
  if (!isObject(value)) return isCopyable(value) ? value : undefined;
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => copyValue(item, depth + 1));
    return items.includes(undefined) ? undefined : items;
  }
  if (isDate(value)) return new Date(value);
  return isPlainObject(value) ? copyMembers(value, depth) : undefined;
}

function copyMembers(members: SessionDict, depth: number): SessionDict | undefined {
  const copies: SessionDict = {};
  for (const key of Object.keys(members)) {
    const copy = copyValue(members[key], depth + 1);
    if (copy === undefined || key === "__proto__") return undefined;
    copies[key] = copy;
  }
  return copies;
}

function isCopyable(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null;
}

function isDate(value: unknown): value is Date {
  return value instanceof Date && Object.getPrototypeOf(value) === Date.prototype;
}

/**
 * Gives the keys that a schema left out of its output back to it, in nested plain objects too. They belong to code that
 * does not know the schema yet, and to older or newer versions of the application running beside this one.
 */
export function carryUnknownKeys(from: SessionDict, to: SessionDict): void {
  for (const key of Object.keys(from)) {
    if (key === "__proto__") continue;
    const value: unknown = from[key];
    const kept: unknown = to[key];
    // A schema may freeze its output; the key then survives in what is stored, by applyChanges.
    if (!Object.hasOwn(to, key)) Reflect.set(to, key, value);
    else if (isPlainObject(value) && isPlainObject(kept) && value !== kept) carryUnknownKeys(value, kept);
  }
}
