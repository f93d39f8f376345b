import { randomBytes } from "node:crypto";

// Asking the system's generator for 4 kB costs what asking it for 12 bytes does.
const poolBytes = 4096;
let pool = Buffer.alloc(0);
let used = 0;

/**
 * Random bytes from the system's generator, each of them given out once. For what need not stay secret, such as nonces:
 * the next ones lie in memory until they are taken.
 *
 * @param count - how many, 1 to 4096
 */
export function takeRandomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    // A new pool, not the old one filled anew: what was given out are views of that.
    pool = randomBytes(poolBytes);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
