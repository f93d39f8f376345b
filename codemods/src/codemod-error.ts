/**
 * Input that the codemod can't work with. The message says what, where, and what to do.
 *
 * @example
 * ```ts
 * try {
 *   console.log(formatDiagnosis(diagnose({ directory: "." }), "."));
 * } catch (error) {
 *   if (!(error instanceof CodemodError)) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export class CodemodError extends Error {
  /** The name of the error's class. */
  override name = "CodemodError";
}
