import type { Evidence } from "./evidence/evidence.js";
import type { LedgerRow } from "./ledger-row.js";
import type { SchemaKind } from "./schema/session-source.js";
import type { TypesMove } from "./types-package/move-types.js";
import type { CompilerError } from "./verify/compiler-error.js";
import type { DeclarationChange } from "./verify/declaration-changes.js";
import type { EngineName } from "./verify/engine.js";
import type { FileChange } from "./write/file-change.js";

/** What `upgradeProject` takes. */
export interface UpgradeProjectOptions {
  /** The application's folder. */
  readonly directory: string;
  /** Path of the tsconfig, from `directory`. Default `tsconfig.json`. */
  readonly tsconfig?: string;
  /** The session library, by its package's name. By default, the one that the application has. */
  readonly host?: string;
  /** What the session file is written with. By default, the schema library that the application has, else types alone. */
  readonly schema?: SchemaKind;
  /** The last rung that may be used. Default 3. */
  readonly maxRung?: 1 | 2 | 3;
  /** Globs, from `directory`: the only files that may change. By default, all may. */
  readonly include?: readonly string[];
  /** Globs, from `directory`: files that may not change. They are compiled all the same. */
  readonly exclude?: readonly string[];
  /** Whether to check the whole program at the end, and not only the files whose errors can change. Default false. */
  readonly checkAll?: boolean;
  /** What checks for errors. By default, the application's own compiler: native where its `typescript` is 7 or later. */
  readonly engine?: EngineName;
  /**
   * Whether types of the session library that are too old for the keys to have types move to a newer version, in
   * `package.json`. npm fetches it, and everything is compiled with it. Default false.
   */
  readonly bumpTypes?: boolean;
  /** Told what is being done, for people who wait. */
  readonly onProgress?: (step: string) => void;
}

/** A key of the session, as it was found. */
export interface UpgradedKey {
  /** Its name. */
  readonly key: string;
  /** Its type, as text. */
  readonly type: string;
  /** What in the code says so. */
  readonly evidence: readonly Evidence[];
}

/** What an upgrade would do, and the proof. Nothing is written. */
export interface UpgradeResult {
  /** The application's compiler, such as `TypeScript 6.0.3`. */
  readonly compiler: string;
  /** Absolute path. */
  readonly tsconfig: string;
  /** The session library; `undefined` where none is known. */
  readonly host: string | undefined;
  /** How many files of the application were compiled. */
  readonly compiledFiles: number;
  /** How many places touch a session. */
  readonly places: number;
  /** How many of them were untyped before. */
  readonly untypedBefore: number;
  /** Absolute path of the session file, where one is written. */
  readonly sessionFile: string | undefined;
  /** What the session file is written with, where one is. */
  readonly schema: SchemaKind | undefined;
  /** The session's keys, as they were found. */
  readonly keys: readonly UpgradedKey[];
  /** What is to be written: see `writeChanges`. */
  readonly files: readonly FileChange[];
  /** A row for each place that was looked at. */
  readonly ledger: readonly LedgerRow[];
  /** Errors of the compiler that were not there before. Always empty when the result is to be trusted. */
  readonly newErrors: readonly CompilerError[];
  /** Files whose emitted JavaScript would not be the same. Always empty when the result is to be trusted. */
  readonly emitFaults: readonly string[];
  /** Files whose emitted JavaScript changed by design: the call of `cast()` went. */
  readonly emitChangedByDesign: readonly string[];
  /** How the application's public types change, where its options ask for declarations. No fault. */
  readonly declarationChanges: readonly DeclarationChange[];
  /** The types of the session library that move; `undefined` where none do. */
  readonly typesMove: TypesMove | undefined;
  /** What people should know. */
  readonly notes: readonly string[];
}
