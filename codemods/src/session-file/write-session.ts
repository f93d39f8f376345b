import { dirname } from "node:path";
import type { Application } from "../application/load.js";
import { installedVersion } from "../application/packages.js";
import { chosenReading, type InferredKey, type Readings } from "../evidence/infer-keys.js";
import { knowsTypeImports } from "../imports/type-import.js";
import type { InferredSession } from "../infer-session.js";
import { renderSession } from "../schema/session-source.js";
import type { Texts } from "../verify/compile.js";
import type { ChosenSchema } from "./choose-schema.js";

/** Writes the session file for any readings of the keys. */
export interface SessionWriter {
  readonly path: string;
  readonly schema: ChosenSchema;
  readonly keys: readonly InferredKey[];
  /** Whether the file exports `appSession`, made by `defineSession` of typed-session. */
  readonly hasDefinition: boolean;
  /** The file's text, by its path. */
  readonly write: (readings: Readings) => Texts;
  /** The same with an import of the session library's types, which nothing else loads any more. */
  readonly loadingTypes: (library: string) => SessionWriter;
}

export function createSessionWriter(
  application: Application,
  session: InferredSession,
  schema: ChosenSchema,
  loads: readonly string[] = [],
): SessionWriter {
  const { keys, registration, sessionFile } = session;
  const { ts: compiler, tsconfig } = application;
  const { kind, zodMajor } = schema;
  const hasDefinition = kind !== "types" && installedVersion(dirname(tsconfig), "typed-session") !== undefined;
  return {
    path: sessionFile,
    schema,
    keys,
    hasDefinition,
    loadingTypes: (library) => createSessionWriter(application, session, schema, [library]),
    write: (readings) => {
      const members = keys.map((each) => [each.key, { shape: chosenReading(each, readings), optional: true }] as const);
      const text = renderSession({
        kind,
        ...(zodMajor === undefined ? {} : { zodMajor }),
        keys: new Map(members),
        hasRuntime: hasDefinition,
        loads,
        registration: registration?.write({ hasDefinition }) ?? "",
        newLine: "\n",
        notes: new Map(),
        importType: knowsTypeImports(compiler),
      });
      return new Map([[sessionFile, text]]);
    },
  };
}
