import type { CompilerError } from "../verify/compiler-error.js";

/** The compiler's words for: it may be undefined, or null. */
const absenceCodes: ReadonlySet<number> = new Set([2531, 2532, 2533, 2721, 2722, 2723, 18047, 18048, 18049]);

/** Whether an error only says that a value may be missing, which a `!` answers, and no other type. */
export function isAboutAbsence({ code, message }: Pick<CompilerError, "code" | "message">): boolean {
  if (absenceCodes.has(code)) return true;
  // Of the alternatives, the last one is that there is nothing.
  if (code === 2339) return /^Property '.*' does not exist on type '.*\| (?:undefined|null)'\./.test(message);
  return /Type '(?:undefined|null)' is not assignable to type|Type 'undefined' cannot be used as an index type/.test(
    message,
  );
}
