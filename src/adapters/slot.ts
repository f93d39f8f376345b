/**
 * A hidden property of objects that others made, such as a framework's request: what a `WeakMap` is for, which costs the
 * collector of garbage more than all else that a request with a session leaves behind.
 */
export interface Slot<T extends object> {
  /** What the holder was given, if anything. */
  get(holder: object): T | undefined;
  /** Gives the holder a value. */
  set(holder: object, value: T): void;
}

/** @param name - for those who inspect the holder */
export function createSlot<T extends object>(name: string): Slot<T> {
  const key = Symbol(name);
  return {
    get: (holder) => Reflect.get(holder, key),
    set: (holder, value) => {
      Object.defineProperty(holder, key, { configurable: true, value });
    },
  };
}
