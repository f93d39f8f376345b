/** Input that no files can be made of. The message says what was wrong, and what to do. */
export class GeneratorError extends Error {
  override name = "GeneratorError";
}
