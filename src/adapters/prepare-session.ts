import type { SessionHandle } from "../session-handle.js";
import { toError } from "../to-error.js";

/** Reads what is stored, for frameworks that go on by a callback: at once where the store answers at once. */
export function prepareSession(handle: SessionHandle<unknown>, done: (error?: Error) => void): void {
  const failed = (error: unknown) => done(toError(error));
  try {
    const pending = handle.prepare();
    if (pending instanceof Promise) pending.then(() => done(), failed);
    else done();
  } catch (error) {
    failed(error);
  }
}
