import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A pair of files in jscodeshift's convention: `name.input.ts`, `name.output.ts`. */
export interface Fixture {
  readonly name: string;
  readonly extension: string;
  readonly input: string;
  readonly output: string;
}

export const fixturesFolder = fileURLToPath(new URL("__testfixtures__", import.meta.url));

export const transformNames = readdirSync(fixturesFolder);

/** The fixtures of a transform. */
export function fixturesOf(transform: string): Fixture[] {
  const folder = join(fixturesFolder, transform);
  return readdirSync(folder).flatMap((file) => {
    const [, name, extension] = /^(.+)\.input\.(\w+)$/.exec(file) ?? [];
    if (name === undefined || extension === undefined) return [];
    const read = (kind: string) => readFileSync(join(folder, `${name}.${kind}.${extension}`), "utf8");
    return [{ name, extension, input: read("input"), output: read("output") }];
  });
}
