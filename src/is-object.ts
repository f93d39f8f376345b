/** Whether a value has members: arrays and instances of classes included, functions not. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
