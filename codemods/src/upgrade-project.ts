import { dirname, relative } from "node:path";
import { loadApplication, type Application } from "./application/load.js";
import { readCandidates } from "./application/read-candidates.js";
import { selectFiles } from "./application/select-files.js";
import { withoutIgnored } from "./application/without-ignored.js";
import { filesChangedByDesign } from "./climb/emit-changes.js";
import type { Evidence } from "./evidence/evidence.js";
import { chosenReading, type InferredKey, type Readings } from "./evidence/infer-keys.js";
import { finishFile } from "./imports/finish-file.js";
import { inferSession } from "./infer-session.js";
import type { LedgerRow } from "./ledger-row.js";
import { listPlaces } from "./places.js";
import { renderTypeText, type SchemaKind } from "./schema/session-source.js";
import { planTypesMove, type PlannedMove, type TypesMove } from "./types-package/move-types.js";
import { writeUpgradeLedger } from "./upgrade-ledger.js";
import { carryOut } from "./upgrade/carry-out.js";
import { planUpgrade, type PlanInput } from "./upgrade/plan-upgrade.js";
import { affectedFiles } from "./verify/affected-files.js";
import { chooseEngine } from "./verify/choose-engine.js";
import { createCompiler, type Compilation, type Texts } from "./verify/compile.js";
import type { CompilerError } from "./verify/compiler-error.js";
import { declarationChanges, type DeclarationChange } from "./verify/declaration-changes.js";
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
  readonly key: string;
  /** Its type, as text. */
  readonly type: string;
  readonly evidence: readonly Evidence[];
}

/** What an upgrade would do, and the proof. Nothing is written. */
export interface UpgradeResult {
  readonly compiler: string;
  readonly tsconfig: string;
  /** The session library; `undefined` where none is known. */
  readonly host: string | undefined;
  /** How many files of the application were compiled. */
  readonly compiledFiles: number;
  /** How many places touch a session. */
  readonly places: number;
  /** How many of them were untyped before. */
  readonly untypedBefore: number;
  /** The session file, where one is written. */
  readonly sessionFile: string | undefined;
  readonly schema: SchemaKind | undefined;
  readonly keys: readonly UpgradedKey[];
  readonly files: readonly FileChange[];
  readonly ledger: readonly LedgerRow[];
  /** Errors of the compiler that were not there before. Always empty when the result is to be trusted. */
  readonly newErrors: readonly CompilerError[];
  /** Files whose emitted JavaScript would not be the same. Always empty when the result is to be trusted. */
  readonly emitFaults: readonly string[];
  readonly emitChangedByDesign: readonly string[];
  /** How the application's public types change, where its options ask for declarations. No fault. */
  readonly declarationChanges: readonly DeclarationChange[];
  /** The types of the session library that move; `undefined` where none do. */
  readonly typesMove: TypesMove | undefined;
  /** What people should know. */
  readonly notes: readonly string[];
}

/**
 * Takes a whole application to a typed session: infers the session from how the code uses it, writes the session file with
 * the registration, repairs declarations, takes casts out, and verifies the result with the application's own compiler.
 * Nothing is written: see `writeChanges`.
 *
 * @throws CodemodError for a missing or broken tsconfig, a schema library that is not there, or types that can't be moved.
 *
 * @example
 * ```ts
 * const result = upgradeProject({ directory: "." });
 * writeChanges(result.files, ".");
 * ```
 */
export function upgradeProject(options: UpgradeProjectOptions): UpgradeResult {
  const { application, engine } = chooseEngine(loadApplication(options.directory, options.tsconfig), options.engine);
  try {
    return upgradeApplication({ application, compile: createCompiler(application, undefined, engine) }, options);
  } finally {
    engine.close();
  }
}

/** An application to upgrade; it may be one of several that share files. */
export interface UpgradeSubject extends Pick<PlanInput, "hasSessionFile" | "sightsElsewhere"> {
  readonly application: Application;
  readonly compile: (texts: Texts) => Compilation;
  /** Whether a file may change on behalf of this application. By default, all may. */
  readonly owns?: (file: string) => boolean;
  /** Further files whose errors can change: those of other programs that `compile` checks, too. */
  readonly affectedElsewhere?: () => readonly string[];
}

/** Upgrades an application that is loaded already; see `upgradeProject`. The directory counts for the globs alone. */
export function upgradeApplication(subject: UpgradeSubject, options: UpgradeProjectOptions): UpgradeResult {
  const { application: asItIs, owns = () => true, affectedElsewhere = () => [] } = subject;
  const { onProgress = () => {} } = options;
  if (options.bumpTypes === true) onProgress("Looking for types of the session library that must move");
  const move = options.bumpTypes === true ? planTypesMove(asItIs, options.engine) : undefined;
  const application = move === undefined ? asItIs : { ...asItIs, replaced: move.replaced };
  const compile = move === undefined ? subject.compile : createCompiler(application);
  // Other types can have other errors anywhere.
  const checkAll = options.checkAll === true || move !== undefined;
  onProgress(`Compiling ${application.tsconfig} as it is`);
  const before = compile(new Map());
  const candidates = withoutIgnored(dirname(application.tsconfig), readCandidates(application, before));
  const selected = selectFiles(candidates, options);
  const originals = new Map([...selected].filter(([file]) => owns(file)));
  onProgress("Reading how the session is used");
  const session = inferSession(application, selected, before, options.host, owns);
  const shorten = (path: string) => relative(dirname(application.tsconfig), path);
  const placesIn = ({ program }: Compilation) => listPlaces(application.ts, program, originals.keys(), shorten);
  const places = placesIn(before);
  const plan = planUpgrade({ ...subject, application, compile, originals, before, session }, options);
  const affected = [...affectedFiles(application, before, mentioning(originals)), ...affectedElsewhere()];
  const mayFail = checkAll ? undefined : [...new Set([...affected, ...originals.keys()])];
  onProgress("Checking what the change can reach, as it is");
  const climbInput = {
    compile,
    baseline: (move === undefined ? before : subject.compile(new Map())).errors(mayFail),
    originals,
    finish: finishFile(application, before.program),
    ...(checkAll ? {} : { affected }),
  };
  const done = carryOut({ application, before, places, placesIn, climbInput, plan, onProgress });
  const { climb, texts, readings, after, emitFaults } = done;
  const comparable = before.ownFiles.filter((file) => checkAll || affected.includes(file));
  return {
    compiler: application.compiler,
    tsconfig: application.tsconfig,
    host: session.registration?.host,
    compiledFiles: before.ownFiles.length,
    places: places.length,
    untypedBefore: places.filter(({ untyped }) => untyped !== undefined).length,
    sessionFile: plan.writer?.path,
    schema: plan.writer?.schema.kind,
    keys: plan.writer === undefined ? [] : plan.writer.keys.map((each) => keyResult(each, readings)),
    files: [...changesOf(originals, texts), ...manifestChange(move)],
    ledger: writeUpgradeLedger(places, after, climb),
    newErrors: climb.errors,
    emitFaults,
    emitChangedByDesign: filesChangedByDesign(climb),
    declarationChanges: declarationChanges(application.ts, before, climb.compilation, comparable),
    typesMove: move && { name: move.name, from: move.from, to: move.to, install: move.install },
    notes: [...plan.notes, ...noteOf(move)],
  };
}

/** Without the word, nothing in a file can have the type of a session. */
function mentioning(texts: Texts): string[] {
  return [...texts].filter(([, text]) => /\bsession\b|SessionData|getSession/i.test(text)).map(([file]) => file);
}

function keyResult(inferred: InferredKey, chosen: Readings): UpgradedKey {
  const { key, evidence } = inferred;
  return { key, type: renderTypeText(chosenReading(inferred, chosen)), evidence };
}

function manifestChange(move: PlannedMove | undefined): FileChange[] {
  return move === undefined || move.manifest.before === move.manifest.after ? [] : [move.manifest];
}

function noteOf(move: PlannedMove | undefined): string[] {
  return move === undefined
    ? []
    : [`${move.name} moves from ${move.from} to ${move.to}, which all was compiled with. Now run: ${move.install}`];
}

function changesOf(originals: Texts, texts: Texts): FileChange[] {
  return [...texts]
    .map(([path, after]) => ({ path, before: originals.get(path), after }))
    .filter(({ before, after }) => before !== after);
}
