/**
 * What the command line does, for programs: diagnose, upgrade, transform, write, undo.
 *
 * @packageDocumentation
 */

export type { Rung } from "./climb/rung.js";
export { CodemodError } from "./codemod-error.js";
export { diagnose, type DiagnoseOptions } from "./doctor/diagnose.js";
export type { DiagnosedPlace, Diagnosis, Finding, FindingCode } from "./doctor/diagnosis.js";
export type { Host } from "./registration/find-hosts.js";
export type { Evidence, Strength } from "./evidence/evidence.js";
export { formatDiagnosis } from "./doctor/format-diagnosis.js";
export type { LedgerRow } from "./ledger-row.js";
export { formatDiff, formatLedger } from "./report.js";
export type { SchemaKind } from "./schema/session-source.js";
export type { SourceText } from "./splice/source-text.js";
export { transformProject, type TransformProjectOptions, type TransformResult } from "./transform-project.js";
export type { TypesMove } from "./types-package/move-types.js";
export type { CompilerError } from "./verify/compiler-error.js";
export type { DeclarationChange } from "./verify/declaration-changes.js";
export type { EngineName } from "./verify/engine.js";
export type { FileChange } from "./write/file-change.js";
export { undoChanges } from "./write/undo-changes.js";
export { writeChanges } from "./write/write-changes.js";
export { upgradeProject } from "./upgrade-project.js";
export type { UpgradedKey, UpgradeProjectOptions, UpgradeResult } from "./upgrade-result.js";
export {
  upgradeProjects,
  type UpgradeProjectsOptions,
  type UpgradeProjectsResult,
} from "./projects/upgrade-projects.js";
export {
  transformProjects,
  type TransformProjectsOptions,
  type TransformProjectsResult,
} from "./projects/transform-projects.js";
export { diagnoseProjects } from "./projects/diagnose-projects.js";
export type { WantedProjects } from "./projects/find-tsconfigs.js";
