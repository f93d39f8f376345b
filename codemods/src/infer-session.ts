import type ts from "typescript";
import type { Site } from "typed-session-sites";
import type { Application } from "./application/load.js";
import { declaredEvidence } from "./augmentations/declared-evidence.js";
import { findKeyDeclarations, type KeyDeclaration } from "./augmentations/find-key-declarations.js";
import { createDemandReader } from "./evidence/demand.js";
import { findKeyAccesses } from "./evidence/find-key-accesses.js";
import { findIncomingSessions } from "./evidence/find-incoming-sessions.js";
import { findReturnedSessions, type ReturnedSessions } from "./evidence/find-returned-sessions.js";
import { findLackingKeys } from "./evidence/lacking-keys.js";
import { gatherEvidence } from "./evidence/gather-evidence.js";
import { inferKeys, type InferredKey } from "./evidence/infer-keys.js";
import { createWrittenReader } from "./evidence/shape-written.js";
import { createNameUses, usesOfParameter, type NameUses } from "./evidence/value-flow.js";
import { findOwnSession, type OwnSession } from "./registration/find-own-session.js";
import { findRegistration, typeOfHome } from "./registration/find-registration.js";
import type { Registration } from "./registration/registration.js";
import { placeSessionFile } from "./session-file/place-session-file.js";
import { createModuleResolver } from "./session-file/resolve-module.js";
import { usesExtensions } from "./session-file/uses-extensions.js";
import { createNameResolver } from "./shape/name-resolver.js";
import { createShapeReader } from "./shape/shape-of-type.js";
import { sitesOfFile } from "./sites-of-file.js";
import type { Compilation, Texts } from "./verify/compile.js";

/** What an application's code says of its session. */
export interface InferredSession {
  readonly sites: readonly Site<ts.Node>[];
  /** Parameters that sessions come in by. */
  readonly parameters: readonly ts.ParameterDeclaration[];
  /** What functions give that return a session which they open. */
  readonly returned: ReturnedSessions;
  readonly keys: readonly InferredKey[];
  /** The application's own declarations of keys, those that merge with nothing included. */
  readonly declarations: readonly KeyDeclaration[];
  /** Where the session library reads the keys' types; `undefined` where none is known. */
  readonly registration: Registration | undefined;
  /** The application's own type for the sessions that it opens. */
  readonly ownSession: OwnSession | undefined;
  /** Where the session file would be. */
  readonly sessionFile: string;
  /** The keys in use that the session's declared type lacks, or has as `any`. */
  readonly lacking: ReadonlySet<string>;
  readonly uses: NameUses;
}

/**
 * Reads the code of an application for what it keeps in its session.
 *
 * @param owns - whether a file is the application's: what others share with it says what the keys hold, and not where the
 * session file goes. By default, all are.
 */
export function inferSession(
  application: Application,
  texts: Texts,
  { program }: Compilation,
  host?: string,
  owns: (file: string) => boolean = () => true,
): InferredSession {
  const { ts: compiler } = application;
  const checker = program.getTypeChecker();
  const files = [...texts.keys()].flatMap((name) => program.getSourceFile(name) ?? []);
  const sites = files.filter((file) => !file.isDeclarationFile).flatMap((file) => sitesOfFile(compiler, checker, file));
  const uses = createNameUses(compiler, checker);
  const returnedBySite = findReturnedSessions(compiler, checker, uses, files, sites);
  const returned = [...returnedBySite.values()].flat();
  const parameters = findIncomingSessions(compiler, checker, uses, files, sites, returned);
  const sources = [...sites.map(({ session }) => session), ...parameters];
  const sessionFile = placeSessionFile(application, filesOf(sources).filter(owns));
  const nameOf = createNameResolver(compiler, checker, {
    sessionFile,
    withExtension: usesExtensions(application, sessionFile),
    resolve: createModuleResolver(application, sessionFile),
  });
  const shapeOf = createShapeReader(compiler, checker, nameOf);
  const starts = [
    ...sites.map(({ outer }) => outer),
    ...returned,
    ...parameters.flatMap((each) => usesOfParameter(compiler, uses, each)),
  ];
  const accesses = starts.flatMap((start) => findKeyAccesses(compiler, checker, uses, start));
  const distinct = [...new Map(accesses.map((each) => [each.node, each])).values()];
  const shapeWritten = createWrittenReader(compiler, checker, shapeOf);
  const demandsOn = createDemandReader(compiler, checker, uses, shapeOf, shapeWritten);
  const declarations = files.flatMap((file) => findKeyDeclarations(compiler, file));
  const registration = findRegistration(compiler, program, host);
  const ownSession = registration?.home === undefined ? findOwnSession(application, checker, sites) : undefined;
  const home = registration && typeOfHome(compiler, program, registration);
  return {
    sites,
    parameters,
    returned: returnedBySite,
    lacking: findLackingKeys({ compiler, checker, uses, home, own: ownSession?.type }, sites, parameters, returned),
    keys: inferKeys([
      ...declaredEvidence(checker, shapeOf, declarations),
      ...gatherEvidence({ ts: compiler, checker, shapeOf, shapeWritten, demandsOn }, distinct),
    ]),
    declarations,
    registration,
    ownSession,
    sessionFile,
    uses,
  };
}

/** The files that sessions are in; tests count only where nothing else does. */
function filesOf(sessions: readonly ts.Node[]): string[] {
  const files = [...new Set(sessions.map((session) => session.getSourceFile().fileName))];
  const sources = files.filter((file) => !/\.(?:test|spec)\.|[\\/](?:__tests__|tests?)[\\/]/.test(file));
  return sources.length > 0 ? sources : files;
}
