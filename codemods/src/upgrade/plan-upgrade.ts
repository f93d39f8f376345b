import { dirname, relative } from "node:path";
import type ts from "typescript";
import type { Application } from "../application/load.js";
import { declaredNames } from "../augmentations/find-key-declarations.js";
import { changeProposals } from "../climb/change-proposals.js";
import { isKeylessSession } from "../climb/keyless-session.js";
import { proposeDeclarations } from "../climb/propose-declarations.js";
import { proposeKeyDeclarations } from "../climb/propose-key-declarations.js";
import { proposeParameterReads, proposeSites } from "../climb/propose-sites.js";
import type { Proposal } from "../climb/proposal.js";
import type { InferredKey } from "../evidence/infer-keys.js";
import type { InferredSession } from "../infer-session.js";
import { keyOfPlace } from "../places.js";
import type { OwnSession } from "../registration/find-own-session.js";
import type { SchemaKind } from "../schema/session-source.js";
import { chooseSchema } from "../session-file/choose-schema.js";
import { sessionFileBeside, sessionFileMark } from "../session-file/place-session-file.js";
import { specifierTo } from "../session-file/specifier-to.js";
import { findMissingSight, type MissingSight } from "../session-file/visibility.js";
import { createSessionWriter, type SessionWriter } from "../session-file/write-session.js";
import type { Compilation, Texts } from "../verify/compile.js";
import type { CompilerError } from "../verify/compiler-error.js";
import { missingPackages } from "./missing-packages.js";
import { proposeSights } from "./propose-sights.js";

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
  /** Whether another project of the same package has the session file. */
  readonly hasSessionFile?: boolean;
  /** Further files that have to import the session file: those by which other programs would see it. */
  readonly sightsElsewhere?: (sessionFile: string) => readonly MissingSight[];
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

function planWith(input: PlanInput, { schema, maxRung = 3 }: PlanOptions): Plan {
  const { writer, sights, notes } = planSessionFile(input, schema);
  const { application, originals } = input;
  const proposals = [
    ...proposePlaces(input, writer),
    ...sights,
    ...(writer === undefined ? [] : proposeKeyDeclarations(application.ts, input.session.declarations)),
  ].filter(({ file }) => originals.has(file));
  return { proposals: changeProposals(proposals, (each) => upTo(each, maxRung)), writer, notes };
}

interface SessionFilePlan extends Pick<Plan, "writer" | "notes"> {
  /** They make the session file seen, where it would not be. */
  readonly sights: readonly Proposal[];
}

function planSessionFile(
  { application, originals, before, session, hasSessionFile = false, sightsElsewhere = () => [] }: PlanInput,
  schema: SchemaKind | undefined,
): SessionFilePlan {
  const keys = hasSessionFile ? [] : keysToDeclare(originals, session);
  if (keys.length === 0) {
    const isLost = session.registration === undefined && session.lacking.size > 0;
    return { writer: undefined, sights: [], notes: isLost ? missingPackages(dirname(application.tsconfig)) : [] };
  }
  const unseen = sessionFileBeside(application, session.sessionFile);
  if (unseen !== undefined) {
    const path = relative(dirname(application.tsconfig), unseen);
    return { writer: undefined, sights: [], notes: [`${path} is a session file that nothing compiles: import it.`] };
  }
  const notes: string[] = [];
  const chosen = chooseSchema(application.ts, dirname(application.tsconfig), schema);
  if (chosen.reason !== undefined) notes.push(`The session file holds types alone: ${chosen.reason}.`);
  const writer = createSessionWriter(application, { ...session, keys }, chosen);
  const checking = writer.hasDefinition ? howToCheck(session.registration?.host) : undefined;
  if (checking !== undefined) notes.push(checking);
  if (session.ownSession !== undefined) notes.push(howToMerge(application, session.ownSession, writer.path));
  const own = findMissingSight(application, writer.path);
  const missing = [...(own === undefined ? [] : [own]), ...sightsElsewhere(writer.path)];
  const sights = proposeSights(application, before.program, writer.path, missing);
  for (const { entry, proposal } of sights) if (proposal !== undefined) originals.set(entry.fileName, entry.text);
  return {
    writer,
    sights: sights.flatMap(({ proposal }) => proposal ?? []),
    notes: [...notes, ...sights.map(({ note }) => note)],
  };
}

/** Where each session library's overlay is put, in the words of people who mount it. */
const overlays: ReadonlyMap<string | undefined, string> = new Map([
  ["express-session", 'Put `typed(appSession)` of "typed-session/express-session" behind session()'],
  ["cookie-session", 'Put `typed(appSession)` of "typed-session/cookie-session" behind cookieSession()'],
  ["koa-session", 'Put `typed(appSession)` of "typed-session/koa-session" behind session(app)'],
  ["@fastify/session", 'Register `typed(appSession)` of "typed-session/fastify-session" behind @fastify/session'],
  [
    "@fastify/secure-session",
    'Register `typed(appSession)` of "typed-session/fastify-secure-session" behind @fastify/secure-session',
  ],
  ["iron-session", 'Open sessions with `typed(appSession)` of "typed-session/iron-session"'],
  ["typed-session", "Hand appSession to your backend, as `session`"],
]);

/** What makes a type hold at run time is not this tool's to write: it changes what the application does. */
function howToCheck(host: string | undefined): string | undefined {
  const overlay = overlays.get(host);
  return overlay && `${overlay}: then what is loaded is checked.`;
}

/** What the application's own type lacks is for its owners to put there. */
function howToMerge({ tsconfig }: Application, { name, file }: OwnSession, sessionFile: string): string {
  const [written, own] = [sessionFile, file.fileName].map((each) => relative(dirname(tsconfig), each));
  return `${written} holds what ${name} of ${own} lacks: add it there, and ${name} says it all.`;
}

/** How to write every place that touches a session, and the declarations that these get their types from. */
function proposePlaces(
  { application, originals, before, session }: PlanInput,
  writer: SessionWriter | undefined,
): Proposal[] {
  const { ts: compiler } = application;
  const checker = before.program.getTypeChecker();
  const { registration, sites, parameters, uses } = session;
  const own = new Set([...before.ownFiles, ...before.ownDeclarations]);
  const isOwn = ({ fileName, text }: Pick<ts.SourceFile, "fileName" | "text">) =>
    own.has(fileName) && originals.has(fileName) && !text.includes(sessionFileMark);
  const sessionTypeFor =
    writer &&
    (({ fileName }: { readonly fileName: string }) => ({
      name: "AppSession",
      from: specifierTo(application, fileName, writer.path),
    }));
  const { ownSession, returned } = session;
  const context = registration && {
    ...{ compiler, checker, uses, registration, isOwn, sessionTypeFor },
    ...{ ownSession, returned },
  };
  const declared = context && proposeDeclarations(context, sites, parameters);
  const siteProposals = proposeSites(compiler, originals, before, {
    isWanted: () => true,
    maybeMissing: { byType: true, whereAny: registration?.maybeMissing ?? true },
    ...(context === undefined ? {} : { isKeyless: (type) => isKeylessSession(context, type) }),
    ...(declared === undefined ? {} : { declarationOf: declared.ofSite }),
  });
  const read = new Set(siteProposals.map(keyOfPlace));
  // One parameter may be handed on to another.
  const parameterReads = parameters
    .flatMap((each) => proposeParameterReads(compiler, checker, uses, each, declared?.ofDeclaration(each)))
    .filter((each) => !read.has(keyOfPlace(each)) && read.add(keyOfPlace(each)));
  return [...siteProposals, ...parameterReads, ...(declared?.proposals ?? [])];
}

function upTo(proposal: Proposal, maxRung: number): Proposal {
  if (maxRung >= 3) return proposal;
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
