import { dirname, relative } from "node:path";
import { loadApplication, type Application } from "./application/load.js";
import { readCandidates } from "./application/read-candidates.js";
import { climbDown, tryFirstAttempts, type Climb, type ClimbInput } from "./climb/climb-down.js";
import { filesChangedByDesign, leaveForItsEmit } from "./climb/emit-changes.js";
import { createErrorSources } from "./climb/error-sources.js";
import { fitKeys } from "./climb/fit-keys.js";
import { proposeDeclarations } from "./climb/propose-declarations.js";
import { proposeKeyDeclarations } from "./climb/propose-key-declarations.js";
import { proposeParameterReads, proposeSites } from "./climb/propose-sites.js";
import type { Proposal } from "./climb/proposal.js";
import { finishFile } from "./imports/finish-file.js";
import { declaredNames } from "./augmentations/find-key-declarations.js";
import { chosenReading, type InferredKey, type Readings } from "./evidence/infer-keys.js";
import type { Evidence } from "./evidence/evidence.js";
import { inferSession, type InferredSession } from "./infer-session.js";
import type { LedgerRow } from "./ledger-row.js";
import { proposeSight } from "./climb/propose-sight.js";
import { listPlaces } from "./places.js";
import { renderTypeText, type SchemaKind } from "./schema/session-source.js";
import { chooseSchema } from "./session-file/choose-schema.js";
import { sessionFileMark } from "./session-file/place-session-file.js";
import { usesExtensions } from "./session-file/uses-extensions.js";
import { findMissingSight } from "./session-file/visibility.js";
import { createSessionWriter, type SessionWriter } from "./session-file/write-session.js";
import { selectFiles } from "./application/select-files.js";
import { withoutIgnored } from "./application/without-ignored.js";
import { writeUpgradeLedger } from "./upgrade-ledger.js";
import { affectedFiles } from "./verify/affected-files.js";
import { filesThatEmitOtherwise } from "./verify/compare.js";
import { createCompiler, type Compilation, type Texts } from "./verify/compile.js";
import type { CompilerError } from "./verify/compiler-error.js";
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
  readonly emitChangedByDesign: readonly string[];
  /** What people should know. */
  readonly notes: readonly string[];
}

/**
 * Takes a whole application to a typed session: infers the session from how the code uses it, writes the session file with
 * the registration, repairs declarations, takes casts out, and verifies the result with the application's own compiler.
 * Nothing is written: see `writeChanges`.
 *
 * @throws CodemodError for a missing or broken tsconfig, or a schema library that is not there.
 *
 * @example
 * ```ts
 * const result = upgradeProject({ directory: "." });
 * writeChanges(result.files, ".");
 * ```
 */
export function upgradeProject(options: UpgradeProjectOptions): UpgradeResult {
  const { onProgress = () => {} } = options;
  const application = loadApplication(options.directory, options.tsconfig);
  const compile = createCompiler(application);
  onProgress(`Compiling ${application.tsconfig} as it is`);
  const before = compile(new Map());
  const baseline = before.errors();
  const candidates = withoutIgnored(dirname(application.tsconfig), readCandidates(application, before));
  const originals = new Map(selectFiles(candidates, options));
  onProgress("Reading how the session is used");
  const session = inferSession(application, originals, before, options.host);
  const shorten = (path: string) => relative(dirname(application.tsconfig), path);
  const places = listPlaces(application.ts, before.program, originals.keys(), shorten);
  const wanted = planUpgrade(application, originals, before, session, options);
  const fault = wanted.writer && faultOf(compile, wanted.writer);
  const plan =
    fault === undefined
      ? wanted
      : withTypesAlone(planUpgrade(application, originals, before, session, { ...options, schema: "types" }), fault);
  const affected = affectedFiles(application, before, mentioning(originals));
  const input = {
    compile,
    baseline,
    originals,
    finish: finishFile(application, before.program),
    ...(options.checkAll === true ? {} : { affected }),
  };
  const { climb, texts, readings } = carryOut(application, before, input, plan, onProgress);
  const after = listPlaces(application.ts, climb.compilation.program, originals.keys(), shorten);
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
    files: changesOf(originals, texts),
    ledger: writeUpgradeLedger(places, after, climb),
    newErrors: climb.errors,
    emitChangedByDesign: filesChangedByDesign(climb),
    notes: plan.notes,
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

/** What the application's compiler has against the schema of a session file, if it has anything. */
function faultOf(
  compile: (texts: Texts) => Compilation,
  { path, schema, write }: SessionWriter,
): CompilerError | undefined {
  return schema.kind === "types" ? undefined : compile(write(new Map())).errors([path])[0];
}

function withTypesAlone(plan: Plan, { code, message }: CompilerError): Plan {
  const [reason = ""] = message.split("\n", 1);
  return { ...plan, notes: [...plan.notes, `The session file holds types alone: TS${code}: ${reason}`] };
}

interface Plan {
  readonly proposals: readonly Proposal[];
  /** Writes the session file; `undefined` where none is needed. */
  readonly writer: SessionWriter | undefined;
  readonly notes: readonly string[];
}

function planUpgrade(
  application: Application,
  originals: Map<string, string>,
  compilation: Compilation,
  session: InferredSession,
  { schema, maxRung = 3 }: UpgradeProjectOptions,
): Plan {
  const { ts: compiler } = application;
  const checker = compilation.program.getTypeChecker();
  const { registration, sites, parameters, uses } = session;
  const notes: string[] = [];
  const own = new Set([...compilation.ownFiles, ...compilation.ownDeclarations]);
  const declared =
    registration &&
    proposeDeclarations(
      { compiler, checker, uses, registration, isOwn: ({ fileName }) => own.has(fileName) && originals.has(fileName) },
      sites,
      parameters,
    );
  const keys = keysToDeclare(originals, session);
  const chosen = keys.length === 0 ? undefined : chooseSchema(compiler, dirname(application.tsconfig), schema);
  if (chosen?.reason !== undefined) notes.push(`The session file holds types alone: ${chosen.reason}.`);
  const writer = chosen && createSessionWriter(application, { ...session, keys }, chosen);
  const sight = writer && findMissingSight(application, writer.path);
  const entry = sight && compilation.program.getSourceFile(sight.entry);
  const sightProposal =
    writer && entry && proposeSight(compiler, entry, writer.path, usesExtensions(application, entry.fileName));
  if (sight !== undefined) {
    const at = relative(dirname(application.tsconfig), sight.entry);
    if (sightProposal === undefined) notes.push(`Import the session file somewhere: ${sight.reason}.`);
    else notes.push(`${at} imports the session file, for its declarations alone: ${sight.reason}.`);
  }
  if (sightProposal !== undefined && entry !== undefined) originals.set(entry.fileName, entry.text);
  const siteProposals = proposeSites(compiler, originals, compilation, {
    isWanted: () => true,
    maybeMissing: true,
    ...(declared === undefined ? {} : { declarationOf: declared.ofSite }),
  });
  const read = new Set(siteProposals.map(({ file, at }) => `${at} ${file}`));
  const parameterReads = parameters
    .flatMap((each) => proposeParameterReads(compiler, checker, uses, each, declared?.ofDeclaration(each)))
    .filter(({ file, at }) => !read.has(`${at} ${file}`));
  const proposals = [
    ...siteProposals,
    ...parameterReads,
    ...(declared?.proposals ?? []),
    ...(sightProposal === undefined ? [] : [sightProposal]),
    ...(writer === undefined ? [] : proposeKeyDeclarations(compiler, session.declarations)),
  ].filter(({ file }) => originals.has(file));
  return { proposals: proposals.map((each) => upTo(each, maxRung)), writer, notes };
}

function upTo(proposal: Proposal, maxRung: number): Proposal {
  return { ...proposal, attempts: proposal.attempts.filter(({ rung }) => rung <= maxRung || rung === 4) };
}

/** The keys that the session file is to declare: those in use that the session lacks, and those that are declared apart. */
function keysToDeclare(
  originals: Texts,
  { registration, keys, lacking, declarations }: InferredSession,
): readonly InferredKey[] {
  if (registration === undefined || lacking.size === 0) return [];
  // Once written, the file is its owners'.
  if ([...originals.values()].some((text) => text.includes(sessionFileMark))) return [];
  const scattered = new Set(declarations.flatMap((each) => declaredNames(each)));
  return keys.filter(({ key }) => lacking.has(key) || scattered.has(key));
}

interface CarriedOut {
  readonly climb: Climb;
  readonly texts: Texts;
  readonly readings: Readings;
}

/** Fits the keys, climbs, and checks what is emitted, until all three agree. Every round takes something back, so it ends. */
function carryOut(
  application: Application,
  before: Compilation,
  input: Omit<ClimbInput, "proposals">,
  { proposals: planned, writer }: Plan,
  onProgress: (step: string) => void,
): CarriedOut {
  let proposals = planned;
  const additions = (readings: Readings): Texts => (writer === undefined ? new Map() : writer.write(readings));
  const sources = createErrorSources(application.ts, before.program, proposals);
  onProgress(`Fitting ${writer?.keys.length ?? 0} keys to ${proposals.length} places`);
  let readings: Readings =
    writer === undefined
      ? new Map()
      : fitKeys({
          keys: writer.keys,
          proposals,
          sourcesOf: sources,
          tryOut: (each, files) => tryFirstAttempts({ ...input, proposals, additions: additions(each) }, files),
        });
  for (;;) {
    onProgress("Checking every place");
    const climb = climbDown({
      ...input,
      proposals,
      additions: additions(readings),
      sourcesOf: sourcesAmong(sources, proposals),
    });
    const wider = writer && widen(writer, readings, climb);
    if (wider !== undefined) {
      readings = wider;
      continue;
    }
    onProgress("Comparing the emitted JavaScript");
    const byDesign = new Set(filesChangedByDesign(climb));
    const compared = filesToCompare(application, before, input, climb);
    const faults = filesThatEmitOtherwise(application.ts, before, climb.compilation, compared).filter(
      (each) => !byDesign.has(each),
    );
    if (
      faults.length === 0 ||
      proposals.every(({ file, attempts }) => !faults.includes(file) || attempts.length === 0)
    ) {
      return { climb, texts: climb.texts, readings };
    }
    proposals = proposals.map((each) => (faults.includes(each.file) ? leaveForItsEmit(each) : each));
  }
}

/**
 * What a file emits depends on its text, and on which of its imports are values: no edit changes that for another file.
 * With `emitDecoratorMetadata`, it depends on types, too.
 */
function filesToCompare(
  { options }: Application,
  { ownFiles }: Compilation,
  { affected }: Pick<ClimbInput, "affected">,
  { texts }: Climb,
): string[] {
  if (affected === undefined) return [...ownFiles];
  const among = new Set(options.emitDecoratorMetadata === true ? affected : texts.keys());
  return ownFiles.filter((file) => among.has(file));
}

/** A proposal may have been replaced since the sources were found. */
function sourcesAmong(sources: (file: string, at: number) => readonly Proposal[], proposals: readonly Proposal[]) {
  const current = new Map(proposals.map((each) => [`${each.kind} ${each.at} ${each.file}`, each]));
  return (file: string, at: number) =>
    sources(file, at).flatMap((each) => current.get(`${each.kind} ${each.at} ${each.file}`) ?? []);
}

/** Keys that places are stuck with, or that errors are left on account of, become `any`; `undefined` where there is none. */
function widen({ keys }: SessionWriter, readings: Readings, { stuck, errors, outcomes }: Climb): Readings | undefined {
  const files = new Set(errors.map(({ file }) => file));
  const blamed = new Set([
    ...stuck.flatMap(({ key }) => key ?? []),
    ...(stuck.length > 0
      ? []
      : outcomes.filter(({ proposal }) => files.has(proposal.file)).flatMap(({ proposal }) => proposal.key ?? [])),
  ]);
  const narrow = keys.filter(({ key, readings: all }) => blamed.has(key) && (readings.get(key) ?? 0) < all.length - 1);
  if (narrow.length === 0) return undefined;
  return new Map([...readings, ...narrow.map(({ key, readings: all }) => [key, all.length - 1] as const)]);
}

function changesOf(originals: Texts, texts: Texts): FileChange[] {
  return [...texts]
    .map(([path, after]) => ({ path, before: originals.get(path), after }))
    .filter(({ before, after }) => before !== after);
}
