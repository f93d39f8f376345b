import { dirname, relative } from "node:path";
import { readCandidates } from "../application/read-candidates.js";
import { selectFiles } from "../application/select-files.js";
import { withoutIgnored } from "../application/without-ignored.js";
import { filesChangedByDesign } from "../climb/emit-changes.js";
import { chosenReading, type InferredKey, type Readings } from "../evidence/infer-keys.js";
import { inferSession } from "../infer-session.js";
import { listPlaces } from "../places.js";
import { renderTypeText } from "../schema/session-source.js";
import { planTypesMove, type PlannedMove } from "../types-package/move-types.js";
import { writeUpgradeLedger } from "../upgrade-ledger.js";
import type { UpgradedKey, UpgradeProjectOptions, UpgradeResult } from "../upgrade-result.js";
import { affectedFiles } from "../verify/affected-files.js";
import { createCompiler, type Compilation, type Texts } from "../verify/compile.js";
import { declarationChanges } from "../verify/declaration-changes.js";
import type { Subject } from "../verify/subject.js";
import type { FileChange } from "../write/file-change.js";
import { carryOut } from "./carry-out.js";
import { keepLoaded } from "./keep-loaded.js";
import { planUpgrade, type PlanInput } from "./plan-upgrade.js";

/** An application to upgrade. */
export interface UpgradeSubject extends Subject, Pick<PlanInput, "hasSessionFile" | "sightsElsewhere"> {
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
  const planned = planUpgrade({ ...subject, application, compile, originals, before, session }, options);
  const affected = [...affectedFiles(application, before, mentioning(originals)), ...affectedElsewhere()];
  const mayFail = checkAll ? undefined : [...new Set([...affected, ...originals.keys()])];
  onProgress("Checking what the change can reach, as it is");
  const checked = {
    compile,
    baseline: (move === undefined ? before : subject.compile(new Map())).errors(mayFail),
    originals,
    ...(checkAll ? {} : { affected }),
  };
  const { plan, climbInput } = keepLoaded({ ...checked, application, before }, planned, session.registration?.host);
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
