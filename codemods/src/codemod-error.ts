/** Input that the codemod can't work with. The message says what, where, and what to do. */
export class CodemodError extends Error {
  override name = "CodemodError";
}
