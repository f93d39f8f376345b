import { SessionConfigError } from "./errors.js";
import { isObject } from "./is-object.js";
import { kindOf } from "./kind-of.js";

/** @throws SessionConfigError when what was given for an option lacks a method. */
export function assertMethods(option: string, given: unknown, methods: readonly string[], fix: string): void {
  for (const method of methods) {
    const isThere = isObject(given) && typeof Reflect.get(given, method) === "function";
    if (!isThere) throw new SessionConfigError(option, `is ${kindOf(given)} without the method ${method}`, fix);
  }
}
