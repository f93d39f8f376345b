import { SessionConflictError } from "../errors.js";

/** More overlapping writes of one session than this, all of them won by others, is no load but a fault. */
const maxAttempts = 50;

/** @throws SessionConflictError when a session was overtaken too often. */
export function assertAttempt(attempt: number): void {
  if (attempt <= maxAttempts) return;
  throw new SessionConflictError(`The session kept changing: ${maxAttempts} attempts to save it were overtaken.`);
}
