import { SessionConfigError, SessionStoreError } from "../errors.js";
import { kindOf } from "../kind-of.js";

/** The longest that Node's timers wait, in milliseconds. */
const longestDelay = 2 ** 31 - 1;

const advice =
  "See whether it runs and can be reached, or give a longer `timeout`. What was to be written may have been written.";

/**
 * Rejects when work has not ended within so many seconds. The work itself can't be stopped: it is told by `isOver`, to ask
 * before each step that should not be taken any more.
 *
 * @throws SessionStoreError with `problem` when the time is over.
 */
export async function withTimeLimit<T>(
  seconds: number,
  problem: string,
  work: (isOver: () => boolean) => Promise<T>,
): Promise<T> {
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        over = true;
        reject(new SessionStoreError(`${problem} within ${seconds} seconds. ${advice}`));
      },
      Math.min(seconds * 1000, longestDelay),
    );
  });
  try {
    return await Promise.race([work(() => over), end]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws SessionConfigError when a store's `timeout` is not a positive number. */
export function assertTimeout(timeout: unknown): void {
  if (typeof timeout === "number" && timeout > 0) return;
  const kind = typeof timeout === "number" ? `${timeout}` : kindOf(timeout);
  throw new SessionConfigError("timeout", `is ${kind}`, "Give seconds, more than 0.");
}
