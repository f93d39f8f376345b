import { transformApplication, type TransformProjectOptions, type TransformResult } from "../transform-project.js";
import type { FileChange } from "../write/file-change.js";
import { changeProjects } from "./change-projects.js";
import type { WantedProjects } from "./find-tsconfigs.js";
import { mergeChanges } from "./merge-changes.js";
import { openProjects } from "./open-projects.js";

/** What `transformProjects` takes. */
export type TransformProjectsOptions = Omit<TransformProjectOptions, "tsconfig"> & WantedProjects;

/** What the transforms would do to several projects, and the proof. Nothing is written. */
export interface TransformProjectsResult {
  /** One for each tsconfig that compiles something, in the order in which they were found. */
  readonly projects: readonly TransformResult[];
  /** All that changes: each file once. */
  readonly files: readonly FileChange[];
}

/**
 * Runs transforms over an application with several tsconfigs, or over all packages of a workspace. Each file is changed for
 * one project alone, and verified in all programs that compile it. Nothing is written: see `writeChanges`.
 *
 * @throws CodemodError for an unknown transform, a missing or broken tsconfig.
 *
 * @example
 * ```ts
 * const { files } = transformProjects({ directory: ".", transforms: ["remove-session-casts"] });
 * writeChanges(files, ".");
 * ```
 */
export function transformProjects(options: TransformProjectsOptions): TransformProjectsResult {
  const projects = changeProjects(openProjects(options), (subject) =>
    transformApplication(subject, options.transforms),
  );
  return { projects, files: mergeChanges(projects.flatMap(({ files }) => files)) };
}
