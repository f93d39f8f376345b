import { relative } from "node:path";
import { CodemodError } from "../codemod-error.js";
import { markResult } from "../mark/mark-result.js";
import { upgradeApplication } from "../upgrade/upgrade-application.js";
import type { UpgradeProjectOptions, UpgradeResult } from "../upgrade-result.js";
import type { FileChange } from "../write/file-change.js";
import { changeProjects, type ProjectSubject } from "./change-projects.js";
import type { WantedProjects } from "./find-tsconfigs.js";
import { mergeChanges } from "./merge-changes.js";
import { openProjects } from "./open-projects.js";
import { sharedFilesNote } from "./shared-files-note.js";
import { withoutSession } from "./without-session.js";

/** What `upgradeProjects` takes. */
export interface UpgradeProjectsOptions extends Omit<UpgradeProjectOptions, "tsconfig">, WantedProjects {
  /** Whether each place that stays as it was gets a comment that says why. Default false. */
  readonly mark?: boolean;
}

/** What an upgrade of several projects would do, and the proof. Nothing is written. */
export interface UpgradeProjectsResult {
  /** One for each tsconfig that compiles something, in the order in which they were found. */
  readonly projects: readonly UpgradeResult[];
  /** All that changes: each file once. */
  readonly files: readonly FileChange[];
}

/**
 * Upgrades an application with several tsconfigs, or all applications of a workspace. Each file is changed for one project
 * alone, and verified in all programs that compile it. Nothing is written: see `writeChanges`.
 *
 * @throws CodemodError for a missing or broken tsconfig, or a schema library that is not there.
 *
 * @example
 * ```ts
 * const { projects, files } = upgradeProjects({ directory: "." });
 * const isProven = projects.every(({ newErrors, emitFaults }) => newErrors.length + emitFaults.length === 0);
 * if (isProven) writeChanges(files, ".");
 * ```
 */
export function upgradeProjects(options: UpgradeProjectsOptions): UpgradeProjectsResult {
  const opened = openProjects(options);
  if (options.bumpTypes === true && opened.length > 1) {
    throw new CodemodError(
      `--bump-types compiles one project with the new types, and there are ${opened.length}. Name one with --tsconfig.`,
    );
  }
  const upgraded = changeProjects(opened, (subject) => upgradeOne(subject, opened.length, options));
  const projects = options.mark === true ? upgraded.map(markResult) : upgraded;
  return { projects, files: mergeChanges(projects.flatMap(({ files }) => files)) };
}

function upgradeOne(subject: ProjectSubject, of: number, options: UpgradeProjectsOptions): UpgradeResult {
  const { project, owners } = subject;
  if (owners.ownedBy(project).length === 0) return withoutSession(project);
  const { directory, onProgress = () => {} } = options;
  const name = relative(directory, project.tsconfig.path);
  const result = upgradeApplication(subject, {
    ...options,
    onProgress: (step) => onProgress(of > 1 ? `${name}: ${step}` : step),
  });
  return { ...result, notes: [...result.notes, ...sharedFilesNote(project, owners, result.ledger, directory)] };
}
