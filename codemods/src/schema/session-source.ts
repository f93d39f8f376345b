import type { Member, Shape } from "../shape/shape.js";
import { arktypeLibrary } from "./arktype.js";
import { callByName } from "./call-by-name.js";
import { layOut } from "./layout.js";
import type { SchemaLibrary, SessionMembers } from "./library.js";
import { allocateNames, type TypeNames } from "./names.js";
import { holdsDate, simplify } from "./simplify.js";
import { nameWithImport } from "./type-text.js";
import { sessionInterface } from "./types.js";
import { valibotLibrary } from "./valibot.js";
import { zodLibrary } from "./zod.js";

export { renderTypeText } from "./type-text.js";

/** What the session is described with: a schema of one of three libraries, or an interface. */
export type SchemaKind = "zod" | "valibot" | "arktype" | "types";

/** What is written into an application's `session.ts`. */
export interface SessionSource {
  readonly kind: SchemaKind;
  /** The major version of zod that the application has; 4 if it isn't said. Only for zod. */
  readonly zodMajor?: 3 | 4;
  /** The session's keys, in the order in which they are written. */
  readonly keys: ReadonlyMap<string, Member>;
  /** Whether `typed-session` is installed in the application: then `defineSession` is written too. Not for types. */
  readonly hasRuntime: boolean;
  /** Modules that are imported for what they declare for others, and not by name. */
  readonly loads?: readonly string[];
  /** What comes last, verbatim: the registration with the session library. It may refer to `AppSession`. */
  readonly registration: string;
  /** What ends a line. */
  readonly newLine: string;
  /** Comments for keys, one line each, without slashes. */
  readonly notes: ReadonlyMap<string, string>;
  /** Whether the compiler knows `import type` (TypeScript 3.8 and newer). */
  readonly importType: boolean;
}

/** The width that lines are kept within, in columns. */
const lineWidth = 100;

const header = "// The session of this application, as typed-session-codemod found it in use. It is yours: edit it.";

/**
 * The text of an application's `session.ts`: its session as a schema or an interface, and the registration.
 *
 * The type that the schema infers is exactly the one that the keys' shapes say.
 */
export function renderSession(source: SessionSource): string {
  const library = libraryOf(source);
  const written = library === undefined ? callByName : (shape: Shape) => shape;
  const keys = new Map(
    [...source.keys].map(([key, member]) => [key, { ...member, shape: written(simplify(member.shape)) }]),
  );
  const { imports: named, nameOf } = namesFor(source, keys, library);
  const loaded = (source.loads ?? []).map(
    (each) => `${source.importType ? "import type" : "import"} {} from "${each}";`,
  );
  const imports = [...named, ...loaded];
  const members: SessionMembers = { keys, notes: source.notes, nameOf };
  const blocks =
    library === undefined
      ? [[header, ...imports], [layOut(sessionInterface(members), lineWidth)]]
      : schemaBlocks(library, source, members, imports);
  const text = blocks.map((lines) => lines.join("\n")).join("\n\n");
  const own = text.replaceAll("\n", source.newLine);
  if (source.registration === "") return `${own}${source.newLine}`;
  const end = source.registration.endsWith("\n") ? "" : source.newLine;
  return `${own}${source.newLine}${source.newLine}${source.registration}${end}`;
}

function libraryOf({ kind, zodMajor = 4 }: SessionSource): SchemaLibrary | undefined {
  switch (kind) {
    case "zod":
      return zodLibrary(zodMajor);
    case "valibot":
      return valibotLibrary;
    case "arktype":
      return arktypeLibrary;
    case "types":
      return undefined;
  }
}

function namesFor(
  { importType, registration }: SessionSource,
  keys: SessionMembers["keys"],
  library: SchemaLibrary | undefined,
): TypeNames {
  if (!importType) return { imports: [], nameOf: nameWithImport };
  const own = ["AppSession", ...(library === undefined ? [] : ["appSession", "defineSession", ...library.names])];
  // The registration may declare any of the names in it.
  const mentioned = registration.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
  return allocateNames(
    [...keys.values()].map(({ shape }) => shape),
    { own: new Set(own), avoided: new Set([...mentioned, "Date", "Record", "JSON"]) },
  );
}

function schemaBlocks(
  library: SchemaLibrary,
  { hasRuntime }: SessionSource,
  members: SessionMembers,
  imports: readonly string[],
): string[][] {
  const hasDates = [...members.keys.values()].some(({ shape }) => holdsDate(shape));
  const runtimeImport = `import { defineSession } from "typed-session";`;
  const schema = layOut(["export const AppSession = ", library.session(members), ";"], lineWidth);
  return [
    [header, ...(hasRuntime ? [runtimeImport] : []), library.import, ...imports],
    ...(hasDates && library.dateDeclaration !== undefined ? [[library.dateDeclaration]] : []),
    [
      schema,
      `export type AppSession = ${library.inferred};`,
      ...(hasRuntime ? [definition(hasDates && !library.writesDates)] : []),
    ],
  ];
}

function definition(needsEncode: boolean): string {
  if (!needsEncode) return "export const appSession = defineSession({ schema: AppSession });";
  return `export const appSession = defineSession({
  schema: AppSession,
  // The schema reads dates from text; this writes them as text.
  encode: (session): object => JSON.parse(JSON.stringify(session)),
});`;
}
