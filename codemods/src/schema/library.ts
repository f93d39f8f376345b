import type { Member } from "../shape/shape.js";
import type { Doc } from "./layout.js";
import type { NameOf } from "./type-text.js";

/** The session's members, and what is needed to write them. */
export interface SessionMembers {
  readonly keys: ReadonlyMap<string, Member>;
  readonly notes: ReadonlyMap<string, string>;
  readonly nameOf: NameOf;
}

/** How sessions are written with one schema library. */
export interface SchemaLibrary {
  /** The import of the library. */
  readonly import: string;
  /** The names that the file then has, beside those that it always has. */
  readonly names: readonly string[];
  /** What stands above the schema when the session holds dates. */
  readonly dateDeclaration: string | undefined;
  /** Whether the schema turns a session with dates back into what it reads. */
  readonly writesDates: boolean;
  /** The schema of the whole session. */
  readonly session: (members: SessionMembers) => Doc;
  /** The session's type, as the schema gives it. */
  readonly inferred: string;
}
