import { SessionConfigError } from "./errors.js";
import { kindOf } from "./kind-of.js";

/** @throws SessionConfigError when what was given for an option is no whole number from 1 to `most`. */
export function assertWholeNumber(option: string, given: unknown, fix: string, most: number = Infinity): void {
  const isNumber = typeof given === "number";
  if (isNumber && Number.isSafeInteger(given) && given >= 1 && given <= most) return;
  throw new SessionConfigError(option, `is ${isNumber ? given : kindOf(given)}`, fix);
}
