import type { Compiler } from "../application/load.js";
import { dependenciesOf, installedVersion } from "../application/packages.js";
import { CodemodError } from "../codemod-error.js";
import type { SchemaKind } from "../schema/session-source.js";

/** The kind of schema that a session file is written with, and why. */
export interface ChosenSchema {
  readonly kind: SchemaKind;
  readonly zodMajor?: 3 | 4;
  /** Why it is not the kind that one might expect. */
  readonly reason?: string;
}

/** The libraries in the order of preference, with the oldest compiler that reads their types. */
const libraries = [
  { kind: "zod", compiler: 5 },
  { kind: "valibot", compiler: 5 },
  { kind: "arktype", compiler: 5.1 },
] as const;

/**
 * Chooses the kind of schema: the one that was asked for, or the first library that the application has, or types alone.
 *
 * @throws CodemodError where the library that was asked for is not installed, or too new for the application's compiler.
 */
export function chooseSchema(compiler: Compiler, folder: string, wanted?: SchemaKind): ChosenSchema {
  if (wanted === "types") return { kind: "types" };
  const version = Number.parseFloat(compiler.version);
  const candidates = libraries.filter(({ kind }) => wanted === undefined || kind === wanted);
  for (const { kind, compiler: oldest } of candidates) {
    const installed = installedVersion(folder, kind);
    // What another package brought may go with it.
    if (installed === undefined || !dependenciesOf(folder).includes(kind)) continue;
    const isOldZod = kind === "zod" && installed.startsWith("3.");
    if (version < oldest && !(isOldZod && version >= 4.5)) {
      const reason = `TypeScript ${compiler.version} can't read the types of ${kind} ${installed}`;
      if (wanted !== undefined) throw new CodemodError(`--schema ${kind}: ${reason}. Say --schema types.`);
      return { kind: "types", reason };
    }
    return kind === "zod" ? { kind, zodMajor: isOldZod ? 3 : 4 } : { kind };
  }
  if (wanted !== undefined) throw new CodemodError(`--schema ${wanted}: it is not installed. npm install ${wanted}`);
  return {
    kind: "types",
    reason: "no schema library is installed; npm install zod, and delete the file, for a schema",
  };
}
