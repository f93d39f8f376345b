import type { MaybePromise } from "./types.js";

/** Goes on with a value at once where it is there, so that synchronous backends stay synchronous. */
export function andThen<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
