/** The options that users compile with, as far as declarations can break under them. */
export const modes = {
  strict: { strict: true },
  exact: { strict: true, exactOptionalPropertyTypes: true },
  loose: { strict: false },
} as const;
export type Mode = keyof typeof modes;

/**
 * A program as it is to be read in a mode. Lines that hold in strict programs only say so, and are expected to be the
 * opposite in the others:
 *
 * - `// @ts-expect-error strict only` stands above what is no error without `strict`,
 * - `// strict only` above what is right with `strict`, and an error without.
 */
export function readIn(mode: Mode, text: string): string {
  if (mode !== "loose") return text;
  return text.replace(/\/\/ (@ts-expect-error )?strict only$/gm, (_, isError) =>
    isError ? "//" : "// @ts-expect-error",
  );
}
