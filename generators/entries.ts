import { GeneratorError } from "./generator-error.js";

/** Puts a line among those of a list, in their order. `isListed` tells its lines from the rest of the file. */
export function insertSorted(text: string, line: string, isListed: RegExp): string {
  const lines = text.split("\n");
  const first = lines.findIndex((each) => isListed.test(each));
  if (first === -1) throw new GeneratorError(`found no line like ${isListed} to put "${line.trim()}" beside.`);
  const length = lines.slice(first).findIndex((each) => !isListed.test(each));
  const listed = [...lines.slice(first, first + length), line].sort();
  return [...lines.slice(0, first), ...listed, ...lines.slice(first + length)].join("\n");
}

/** The same for a union of names, whose last one has a semicolon behind it. */
export function insertIntoUnion(text: string, name: string): string {
  const union = /(?:^ {2}\| "[^"]+";?\n)+/m;
  const [listed] = union.exec(text) ?? [];
  if (listed === undefined) throw new GeneratorError(`found no union of names to put "${name}" into.`);
  const names = [...listed.matchAll(/"([^"]+)"/g)].map(([, each = ""]) => each);
  const lines = [...names, name].sort().map((each) => `  | "${each}"`);
  return text.replace(union, `${lines.join("\n")};\n`);
}

/** Adds an entry to a manifest: to `exports` behind another one, and to `typesVersions` for resolvers that know no `exports`. */
export function insertEntry(manifest: string, name: string, source: string, behind: string): string {
  const { exports, typesVersions, ...rest } = JSON.parse(manifest);
  const conditions = (format: "esm" | "cjs") => ({
    types: `./dist/${format}/${source}.d.ts`,
    default: `./dist/${format}/${source}.js`,
  });
  const entry = { import: conditions("esm"), require: conditions("cjs") };
  const declarations = [`./dist/cjs/${source}.d.ts`];
  const changed = {
    exports: insertBehind(exports, `./${behind}`, `./${name}`, entry),
    typesVersions: { "*": insertBehind(typesVersions["*"], behind, name, declarations) },
  };
  const inOrder = Object.keys(JSON.parse(manifest)).map((key) => [key, { ...rest, ...changed }[key]]);
  return `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`;
}

function insertBehind(entries: object, behind: string, name: string, value: unknown): object {
  if (Object.hasOwn(entries, name)) {
    throw new GeneratorError(`package.json has an entry "${name}" already. Nothing was written: choose another name.`);
  }
  if (!Object.hasOwn(entries, behind)) throw new GeneratorError(`found no entry "${behind}" to put "${name}" behind.`);
  return Object.fromEntries(
    Object.entries(entries).flatMap((entry) => (entry[0] === behind ? [entry, [name, value]] : [entry])),
  );
}
