import type { Compiler } from "./compilers.js";

interface TheirError {
  /** The package whose declarations have the error, with ours or without it. */
  readonly in: string;
  /** The compilers that find it. */
  readonly under: readonly (Compiler | "7.0")[];
  /** What all of its messages say. */
  readonly message: RegExp;
}

const everyCompiler = ["5.0", "5.4", "5.9", "6.0", "7.0"] as const;
const before5_4 = ["5.0"] as const;
const before5_7 = ["5.0", "5.4"] as const;

/**
 * Errors of other packages' declarations that `skipLibCheck: false` shows. Nothing else is let pass; the long run finds
 * those that are no longer there.
 */
export const theirErrors: readonly TheirError[] = [
  // Types that these share under one name with another version.
  { in: "@types/koa", under: everyCompiler, message: /content-disposition/ },
  { in: "iron-session", under: everyCompiler, message: /'"cookie"'/ },
  // Newer than the compiler.
  { in: "zod", under: before5_4, message: /'NoInfer'/ },
  { in: "fastify", under: before5_4, message: /./ },
  { in: "valibot", under: before5_4, message: /./ },
  { in: "arkregex", under: ["5.4"], message: /ModifiableFlag/ },
  { in: "hono", under: before5_7, message: /'Uint8Array' is not generic/ },
];

/** Splits errors of a compiler into those that are ours to repair, and the entries of the others. */
export function sortErrors(compiler: Compiler | "7.0", errors: readonly string[]) {
  const known = theirErrors.filter(({ under }) => under.includes(compiler));
  const entryOf = (error: string) =>
    known.find((entry) => error.includes(`node_modules/${entry.in}/`) && entry.message.test(error));
  return {
    ours: errors.filter((error) => entryOf(error) === undefined),
    theirs: new Set(errors.map(entryOf).filter((entry) => entry !== undefined)),
  };
}
