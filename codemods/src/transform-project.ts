import { dirname, relative } from "node:path";
import { loadApplication, type Application } from "./application/load.js";
import { readCandidates } from "./application/read-candidates.js";
import { withoutIgnored } from "./application/without-ignored.js";
import { climbDown, type Climb } from "./climb/climb-down.js";
import { filesChangedByDesign, leaveForItsEmit } from "./climb/emit-changes.js";
import { CodemodError } from "./codemod-error.js";
import { finishFile } from "./imports/finish-file.js";
import type { LedgerRow } from "./ledger-row.js";
import { writeLedger } from "./ledger.js";
import { projectTransforms, type ProjectTransform } from "./project-transforms.js";
import { filesThatEmitOtherwise } from "./verify/compare.js";
import { createCompiler, type Compilation, type Texts } from "./verify/compile.js";
import type { CompilerError } from "./verify/compiler-error.js";
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
  readonly compiler: string;
  readonly tsconfig: string;
  /** How many files of the application were compiled. */
  readonly compiledFiles: number;
  /** How many places touch the session of a request, those that need no change included. */
  readonly sessionsSeen: number;
  readonly files: readonly FileChange[];
  readonly ledger: readonly LedgerRow[];
  /** Errors of the compiler that were not there before. Always empty when the result is to be trusted. */
  readonly newErrors: readonly CompilerError[];
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
  const transforms = options.transforms.map(findTransform);
  const application = loadApplication(options.directory, options.tsconfig);
  const compile = createCompiler(application);
  const before = compile(new Map());
  // Checking also binds every file, and so gives its nodes their parents.
  const baseline = before.errors();
  const originals = withoutIgnored(dirname(application.tsconfig), readCandidates(application, before));
  const proposals = transforms.flatMap((transform) => transform(application, originals, before));
  const climbInput = { compile, baseline, originals, finish: finishFile(application, before.program) };
  const left = new Set<string>();

  for (;;) {
    const climb = climbDown({
      ...climbInput,
      proposals: proposals.map((each) => (left.has(each.file) ? leaveForItsEmit(each) : each)),
    });
    const byDesign = new Set(filesChangedByDesign(climb));
    const otherwise = filesThatEmitOtherwise(application.ts, before, climb.compilation, before.ownFiles);
    const faults = otherwise.filter((file) => !byDesign.has(file));
    if (faults.length === 0) return toResult(application, before, originals, climb, [...byDesign]);
    for (const file of faults) left.add(file);
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
): TransformResult {
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
