import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { rollup, type OutputChunk } from "rollup";
import { dts } from "rollup-plugin-dts";
import ts from "typescript";

/** Declarations by the name of their file: one for each entry of the package, and one for what they share. */
export type Api = ReadonlyMap<string, string>;

const root = new URL("../", import.meta.url);

/** The entries of the package's exports map: the name of each, and its declarations. */
export function readEntries(): Record<string, string> {
  const { exports }: { exports: Record<string, { import: { types: string } }> } = JSON.parse(
    readFileSync(new URL("package.json", root), "utf8"),
  );
  const { "./package.json": _manifest, ...entries } = exports;
  return Object.fromEntries(
    Object.entries(entries).map(([name, { import: own }]) => [
      name === "." ? "index" : name.slice(2),
      fileURLToPath(new URL(own.types, root)),
    ]),
  );
}

/** The public types of the built package, without what no user can reach, and without comments. */
export async function rollUp(): Promise<Api> {
  const input = readEntries();
  const bundle = await rollup({
    input,
    external: (id) => !id.startsWith(".") && !id.startsWith("/"),
    plugins: [dts()],
    // It would rather have everything exported that an entry names.
    onwarn: () => {},
  });
  const { output } = await bundle.generate({
    format: "es",
    minifyInternalExports: false,
    entryFileNames: "[name].d.ts",
    chunkFileNames: "[name].d.ts",
    manualChunks: (id) => (Object.values(input).includes(id) || id.includes("/v3/") ? undefined : "shared"),
  });
  await bundle.close();
  const chunks = output.filter((each): each is OutputChunk => each.type === "chunk");
  return new Map(await Promise.all(chunks.map(async ({ fileName, code }) => [fileName, await print(code)] as const)));
}

async function print(code: string): Promise<string> {
  const file = ts.createSourceFile("api.d.ts", code, ts.ScriptTarget.ESNext);
  const text = ts.createPrinter({ removeComments: true }).printFile(file);
  return await format(text, { parser: "typescript", printWidth: 120 });
}
