import type { Application } from "../application/load.js";
import { leaveProposals } from "../climb/change-proposals.js";
import { climbDown, tryFirstAttempts, type Climb, type ClimbInput } from "../climb/climb-down.js";
import { filesChangedByDesign } from "../climb/emit-changes.js";
import { createErrorSources } from "../climb/error-sources.js";
import { fitKeys } from "../climb/fit-keys.js";
import type { Proposal } from "../climb/proposal.js";
import { takeBack } from "../climb/take-back.js";
import type { Readings } from "../evidence/infer-keys.js";
import type { Place } from "../places.js";
import type { SessionWriter } from "../session-file/write-session.js";
import { changedFilesThatEmitOtherwise, filesThatEmitOtherwise } from "../verify/compare.js";
import type { Compilation, Texts } from "../verify/compile.js";
import { findVain } from "./find-vain.js";
import type { Plan } from "./plan-upgrade.js";

/** A plan as far as the compiler agrees with it. */
export interface CarriedOut {
  readonly climb: Climb;
  readonly texts: Texts;
  readonly readings: Readings;
  /** The places that touch a session, as they are then. */
  readonly after: readonly Place[];
  /** Files that emit other JavaScript whatever is taken back. Always empty when the result is to be trusted. */
  readonly emitFaults: readonly string[];
}

/** What a plan is carried out with. */
export interface CarryOutInput {
  readonly application: Application;
  /** The application as it is. */
  readonly before: Compilation;
  /** Its places that touch a session. */
  readonly places: readonly Place[];
  /** Lists them in another compilation. */
  readonly placesIn: (compilation: Compilation) => readonly Place[];
  readonly climbInput: Omit<ClimbInput, "proposals">;
  readonly plan: Plan;
  readonly onProgress: (step: string) => void;
}

/** Fits the keys, climbs, and checks what is emitted, until all three agree. Every round takes something back, so it ends. */
export function carryOut(carried: CarryOutInput): CarriedOut {
  const { application, before, climbInput: input, plan, onProgress } = carried;
  const { proposals: planned, writer } = plan;
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
    const emitFaults = emitFaultsOf(carried, climb);
    const after = carried.placesIn(climb.compilation);
    const vain = findVain(carried.places, after, climb);
    const fewer =
      emitFaults.length === 0 && vain.size > 0
        ? leaveProposals(proposals, vain)
        : takeBack(proposals, emitFaults, application.tsconfig);
    if (fewer === undefined) return { climb, texts: climb.texts, readings, after, emitFaults };
    proposals = fewer;
  }
}

/** The files that emit other JavaScript, but for those that are meant to. */
function emitFaultsOf({ application, before, climbInput }: CarryOutInput, climb: Climb): string[] {
  const byDesign = filesChangedByDesign(climb);
  const compared = filesToCompare(application, before, climbInput, climb);
  // Where all is checked, all is emitted by the program, too.
  const compare = climbInput.affected === undefined ? filesThatEmitOtherwise : changedFilesThatEmitOtherwise;
  const otherwise = compare(application.ts, before, climb.compilation, compared);
  return otherwise.filter((each) => !byDesign.includes(each));
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
