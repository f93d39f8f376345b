import { Option } from "commander";
import type { UpgradeProjectsOptions } from "../projects/upgrade-projects.js";
import { hostNames } from "../registration/find-registration.js";
import type { SchemaKind } from "../schema/session-source.js";
import { engineNames, type EngineName } from "../verify/engine.js";

/** The flags of the commands that read how a session is used. */
export interface UpgradeFlags {
  readonly tsconfig?: readonly string[];
  readonly schema?: SchemaKind;
  readonly host?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly maxRung?: string;
  readonly checkAll?: boolean;
  readonly mark?: boolean;
  readonly engine?: EngineName;
  readonly bumpTypes?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const schemaKinds: readonly SchemaKind[] = ["zod", "valibot", "arktype", "types"];

/** For the commands that take the folder as an argument, and as `transform` does. */
export function folderOption(): Option {
  return new Option("--dir <folder>", "the same folder, as an option");
}

export function tsconfigOption(): Option {
  const description = "a tsconfig, from that folder; may be given several times (default: see the examples)";
  return new Option("--tsconfig <path>", description).argParser((path, before: readonly string[] = []) => [
    ...before,
    path,
  ]);
}

export function schemaOption(): Option {
  return new Option("--schema <kind>", "what the session file is written with").choices(schemaKinds);
}

export function hostOption(): Option {
  const description = "the session library (default: the one that the application has)";
  return new Option("--host <package>", description).choices(hostNames);
}

export function engineOption(): Option {
  const description = "what checks for errors (default: the application's own compiler)";
  return new Option("--engine <engine>", description).choices(engineNames);
}

/** What the flags of a command come to. */
export function upgradeOptions(directory: string, flags: UpgradeFlags): UpgradeProjectsOptions {
  const {
    tsconfig,
    schema,
    host,
    include,
    exclude,
    maxRung = "3",
    checkAll = false,
    bumpTypes = false,
    mark = false,
    engine,
  } = flags;
  return {
    directory,
    namedBy: "as an argument",
    ...(tsconfig === undefined ? {} : { tsconfigs: tsconfig }),
    ...(schema === undefined ? {} : { schema }),
    ...(host === undefined ? {} : { host }),
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(engine === undefined ? {} : { engine }),
    maxRung: maxRung === "1" ? 1 : maxRung === "2" ? 2 : 3,
    checkAll,
    mark,
    bumpTypes,
  };
}
