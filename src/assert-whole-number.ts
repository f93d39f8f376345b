import { SessionConfigError } from "./errors.js";
import { kindOf } from "./kind-of.js";

/**
 * @param range - the rest of what to give, such as `" of seconds, 1 or more"`
 * @throws SessionConfigError when what was given for an option is no whole number from 1 to `most`.
 */
export function assertWholeNumber(
  option: string,
  given: unknown,
  range: string = ", 1 or more",
  most: number = Infinity,
): void {
  const isNumber = typeof given === "number";
  if (isNumber && Number.isSafeInteger(given) && given >= 1 && given <= most) return;
  throw new SessionConfigError(option, `is ${isNumber ? given : kindOf(given)}`, `Give a whole number${range}.`);
}
