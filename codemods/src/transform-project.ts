import { dirname, relative } from "node:path";
import { loadApplication, type Application } from "./application/load.js";
import { readCandidates } from "./application/read-candidates.js";
import { withoutIgnored } from "./application/without-ignored.js";
import { climbDown, type Climb } from "./climb/climb-down.js";
import { filesChangedByDesign } from "./climb/emit-changes.js";
import { finishWithoutLoss } from "./climb/finish-without-loss.js";
import { takeBack } from "./climb/take-back.js";
import { CodemodError } from "./codemod-error.js";
import type { LedgerRow } from "./ledger-row.js";
import { writeLedger } from "./ledger.js";
import { projectTransforms, type ProjectTransform } from "./project-transforms.js";
import { filesThatEmitOtherwise } from "./verify/compare.js";
import { chooseEngine } from "./verify/choose-engine.js";
import { createCompiler, type Compilation, type Texts } from "./verify/compile.js";
import type { CompilerError } from "./verify/compiler-error.js";
import type { Subject } from "./verify/subject.js";
import type { FileChange } from "./write/file-change.js";

/** What `transformProject` takes. */
export interface TransformProjectOptions {
  /** The application's folder. */
  readonly directory: string;
  /** The names of the transforms, in any order; see `projectTransforms`. */
  readonly transforms: readonly string[];
  /** Path of the tsconfig, from `directory`. Default `tsconfig.json`. */
  readonly tsconfig?: string;
}

/** What the transforms would do, and the proof. Nothing is written. */
export interface TransformResult {
  /** The application's compiler, such as `TypeScript 6.0.3`. */
  readonly compiler: string;
  /** Absolute path. */
  readonly tsconfig: string;
  /** How many files of the application were compiled. */
  readonly compiledFiles: number;
  /** How many places touch the session of a request, those that need no change included. */
  readonly sessionsSeen: number;
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
}

/**
 * Runs transforms over an application and verifies the result with the application's own compiler: no new error in any
 * file, the same emitted JavaScript. Each site ends on the first rung that holds. Nothing is written: see `writeChanges`.
 *
 * @throws CodemodError for an unknown transform, a missing or broken tsconfig.
 *
 * @example
 * ```ts
 * const result = transformProject({ directory: ".", transforms: ["remove-session-casts"] });
 * writeChanges(result.files, ".");
 * ```
 */
export function transformProject(options: TransformProjectOptions): TransformResult {
  const { application, engine } = chooseEngine(loadApplication(options.directory, options.tsconfig));
  try {
    const compile = createCompiler(application, undefined, engine);
    return transformApplication({ application, compile }, options.transforms);
  } finally {
    engine.close();
  }
}

/** Runs transforms over an application that is loaded already; see `transformProject`. */
export function transformApplication(
  { application, compile, owns = () => true }: Subject,
  names: readonly string[],
): TransformResult {
  const transforms = names.map(findTransform);
  const before = compile(new Map());
  // The checker binds every file, and so gives its nodes their parents.
  before.program.getTypeChecker();
  const baseline = before.errors();
  const candidates = withoutIgnored(dirname(application.tsconfig), readCandidates(application, before));
  const originals = new Map([...candidates].filter(([file]) => owns(file)));
  let proposals = transforms.flatMap((transform) => transform(application, originals, before));
  const checked = { compile, baseline, originals };
  const climbInput = { ...checked, finish: finishWithoutLoss(application, before, { ...checked, proposals }) };

  for (;;) {
    const climb = climbDown({ ...climbInput, proposals });
    const byDesign = filesChangedByDesign(climb);
    const otherwise = filesThatEmitOtherwise(application.ts, before, climb.compilation, before.ownFiles);
    const faults = otherwise.filter((file) => !byDesign.includes(file));
    const fewer = takeBack(proposals, faults, application.tsconfig);
    if (fewer === undefined)
      return { ...toResult(application, before, originals, climb, byDesign), emitFaults: faults };
    proposals = fewer;
  }
}

function findTransform(name: string): ProjectTransform {
  const transform = Object.hasOwn(projectTransforms, name) ? projectTransforms[name] : undefined;
  if (transform !== undefined) return transform;
  throw new CodemodError(`No transform is called ${name}. There is: ${Object.keys(projectTransforms).join(", ")}.`);
}

function toResult(
  application: Application,
  { ownFiles }: Compilation,
  originals: Texts,
  climb: Climb,
  emitChangedByDesign: readonly string[],
): Omit<TransformResult, "emitFaults"> {
  const folder = dirname(application.tsconfig);
  const { rows, sessionsSeen } = writeLedger(application.ts, originals, climb, (path) => relative(folder, path));
  return {
    compiler: application.compiler,
    tsconfig: application.tsconfig,
    compiledFiles: ownFiles.length,
    sessionsSeen,
    files: [...climb.texts].map(([path, after]) => ({ path, before: originals.get(path) ?? "", after })),
    ledger: rows,
    newErrors: climb.errors,
    emitChangedByDesign,
  };
}
