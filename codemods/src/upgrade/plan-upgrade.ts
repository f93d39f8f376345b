import { dirname, relative } from "node:path";
import type { Application } from "../application/load.js";
import { declaredNames } from "../augmentations/find-key-declarations.js";
import { proposeDeclarations } from "../climb/propose-declarations.js";
import { proposeKeyDeclarations } from "../climb/propose-key-declarations.js";
import { proposeSight } from "../climb/propose-sight.js";
import { proposeParameterReads, proposeSites } from "../climb/propose-sites.js";
import type { Proposal } from "../climb/proposal.js";
import type { InferredKey } from "../evidence/infer-keys.js";
import type { InferredSession } from "../infer-session.js";
import type { SchemaKind } from "../schema/session-source.js";
import { chooseSchema } from "../session-file/choose-schema.js";
import { sessionFileMark } from "../session-file/place-session-file.js";
import { usesExtensions } from "../session-file/uses-extensions.js";
import { findMissingSight } from "../session-file/visibility.js";
import { createSessionWriter, type SessionWriter } from "../session-file/write-session.js";
import type { Compilation, Texts } from "../verify/compile.js";
import type { CompilerError } from "../verify/compiler-error.js";

/** What an upgrade wants to change, before it is tried. */
export interface Plan {
  readonly proposals: readonly Proposal[];
  /** Writes the session file; `undefined` where none is needed. */
  readonly writer: SessionWriter | undefined;
  readonly notes: readonly string[];
}

/** What of an upgrade's options a plan depends on. */
export interface PlanOptions {
  readonly schema?: SchemaKind;
  /** The last rung that may be used. Default 3. */
  readonly maxRung?: 1 | 2 | 3;
}

/** What a plan is made for. */
export interface PlanInput {
  readonly application: Application;
  /** The files that may change. The program's entry is added, where it has to import the session file. */
  readonly originals: Map<string, string>;
  readonly compile: (texts: Texts) => Compilation;
  /** The application as it is. */
  readonly before: Compilation;
  readonly session: InferredSession;
}

/**
 * Plans an upgrade. Where the application's compiler has something against the schema, the session file holds types alone.
 *
 * @throws CodemodError for a schema library that is not there.
 */
export function planUpgrade(input: PlanInput, options: PlanOptions): Plan {
  const wanted = planWith(input, options);
  const fault = wanted.writer && faultOf(input.compile, wanted.writer);
  if (fault === undefined) return wanted;
  return withTypesAlone(planWith(input, { ...options, schema: "types" }), fault);
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

function planWith(
  { application, originals, before: compilation, session }: PlanInput,
  { schema, maxRung = 3 }: PlanOptions,
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
