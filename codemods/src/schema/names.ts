import { posix } from "node:path";
import type { NamedShape, Shape } from "../shape/shape.js";
import { quote } from "./literal-text.js";
import type { NameOf } from "./type-text.js";

/** What the types of other modules are called in a file. */
export interface TypeNames {
  /** The file's type-only imports, one statement each. */
  readonly imports: readonly string[];
  readonly nameOf: NameOf;
}

/** An export of another module. */
interface Imported {
  readonly from: string;
  readonly exported: string;
  readonly local: string;
}

/** Names that no import may get. */
export interface TakenNames {
  /** What the file itself imports and declares. */
  readonly own: ReadonlySet<string>;
  /** What it uses, or may use, otherwise. */
  readonly avoided: ReadonlySet<string>;
}

/** Gives a name to each type that shapes take from other modules, in the order in which they are first met. */
export function allocateNames(shapes: Iterable<Shape>, { own, avoided }: TakenNames): TypeNames {
  const named = [...shapes].flatMap(namedWithin);
  const globals = named.filter(({ from }) => from === undefined).map(({ name }) => headOf(name));
  const used = new Set([...own, ...avoided, ...globals]);
  const imported = new Map<string, Imported>();
  for (const { name, from } of named) {
    if (from === undefined || imported.has(exportKey(from, name))) continue;
    const exported = headOf(name);
    const local = freeName(exported === "default" ? nameAfterModule(from) : exported, used);
    used.add(local);
    imported.set(exportKey(from, name), { from, exported, local });
  }
  return { imports: importStatements([...imported.values()]), nameOf: (shape) => localName(shape, imported, own) };
}

function localName({ name, from }: NamedShape, imported: ReadonlyMap<string, Imported>, own: ReadonlySet<string>) {
  if (from === undefined) return own.has(headOf(name)) ? `globalThis.${name}` : name;
  const local = imported.get(exportKey(from, name))?.local;
  if (local === undefined) throw new Error(`${name} of ${from} was not among the shapes that names were allocated for`);
  return `${local}${name.slice(headOf(name).length)}`;
}

/** The named types in a shape, from left to right. */
function namedWithin(shape: Shape): NamedShape[] {
  switch (shape.kind) {
    case "array":
      return namedWithin(shape.element);
    case "record":
      return namedWithin(shape.value);
    case "object":
      return [...shape.members.values()].flatMap((member) => namedWithin(member.shape));
    case "union":
      return shape.of.flatMap(namedWithin);
    case "named":
      return [shape, ...shape.typeArguments.flatMap(namedWithin)];
    default:
      return [];
  }
}

/** `Stripe` of `Stripe.Checkout.Session`. */
function headOf(name: string): string {
  return name.split(".", 1).join();
}

function exportKey(from: string, name: string): string {
  return `${from}\0${headOf(name)}`;
}

function freeName(wanted: string, used: ReadonlySet<string>): string {
  if (!used.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    if (!used.has(`${wanted}${number}`)) return `${wanted}${number}`;
  }
}

/** `UserProfile` for `./entities/user-profile.js`, `Entities` for `./entities/index`. */
function nameAfterModule(from: string): string {
  const path = from.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
  const words = posix.basename(path).match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\p{L}/u.test(name) ? name : `Default${name}`;
}

/** One statement for each module, and one more for its default export: `import type` can't have both. */
function importStatements(imported: readonly Imported[]): string[] {
  const modules = [...new Set(imported.map(({ from }) => from))];
  return modules.flatMap((from) => {
    const exports = imported.filter((each) => each.from === from);
    const defaults = exports.filter(({ exported }) => exported === "default").map(({ local }) => local);
    const names = exports
      .filter(({ exported }) => exported !== "default")
      .map(({ exported, local }) => (exported === local ? local : `${exported} as ${local}`));
    const clauses = names.length === 0 ? defaults : [...defaults, `{ ${names.join(", ")} }`];
    return clauses.map((clause) => `import type ${clause} from ${quote(from)};`);
  });
}
