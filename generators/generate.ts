import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { GeneratorError } from "./generator-error.js";
import { kinds, type Kind } from "./kinds.js";
import { fillIn, namesOf, type Names } from "./names.js";

const templates = fileURLToPath(new URL("templates/", import.meta.url));

/** What was made. Paths are from the project's root. */
export interface Generated {
  readonly made: readonly string[];
  readonly changed: readonly string[];
  /** What to run to see how far it is. */
  readonly test: string;
  /** What is left to do, besides what that test says. */
  readonly steps: readonly string[];
}

/**
 * Makes the files of a new thing of some kind, and enters it in the lists of its kind.
 *
 * @param root - the project's folder
 * @throws GeneratorError for an unknown kind, a name that can't be used, and a file that is there already. Nothing is written
 * then.
 */
export async function generate(root: string, kindName: string, name: string): Promise<Generated> {
  const kind = kindOf(kindName);
  const names = checkedNames(kindName, kind, name);
  const made = new Map(
    filesOf(join(templates, kindName)).map((file) => [
      fillIn(file, names),
      fillIn(readFileSync(join(templates, kindName, file), "utf8"), names),
    ]),
  );
  for (const file of made.keys()) {
    if (!existsSync(join(root, file))) continue;
    throw new GeneratorError(`${file} is there already. Nothing was written: choose another name, or remove it first.`);
  }
  const changed = new Map(
    kind.lists.map(({ file, change }) => [file, change(readFileSync(join(root, file), "utf8"), names)]),
  );
  for (const [file, text] of [...made, ...changed]) await writeFormatted(join(root, file), text);
  return { made: [...made.keys()], changed: [...changed.keys()], test: kind.test(names), steps: kind.steps(names) };
}

function kindOf(name: string): Kind {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind !== undefined) return kind;
  throw new GeneratorError(`There is no kind "${name}". Name one of: ${Object.keys(kinds).join(", ")}.`);
}

function checkedNames(kindName: string, { example }: Kind, name: string): Names {
  const names = namesOf(name);
  if (names === undefined) {
    throw new GeneratorError(
      `"${name}" is no name for code in kebab case. Write it in small letters, such as: ${example}.`,
    );
  }
  if (!name.endsWith(`-${kindName}`) && name !== kindName) return names;
  throw new GeneratorError(`"${name}" says what it is twice. Leave "${kindName}" out, such as: ${example}.`);
}

/** The files below a folder, by their paths from it. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}

/** Names are of other lengths than the template's: lines break elsewhere. Fixtures are for transforms to keep as they are. */
async function writeFormatted(path: string, text: string): Promise<void> {
  const formatted = path.includes("__testfixtures__")
    ? text
    : await format(text, { ...(await resolveConfig(path)), filepath: path });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, formatted);
}
