import { diagnoseApplication } from "../doctor/diagnose.js";
import type { Diagnosis } from "../doctor/diagnosis.js";
import type { WantedProjects } from "./find-tsconfigs.js";
import { openProjects } from "./open-projects.js";
import { assignOwners } from "./owners.js";

/**
 * Diagnoses an application with several tsconfigs, or all packages of a workspace: one diagnosis for each tsconfig that
 * compiles something, of the files that belong to it.
 *
 * @throws CodemodError for a missing or broken tsconfig.
 *
 * @example
 * ```ts
 * for (const diagnosis of diagnoseProjects({ directory: "." })) console.log(formatDiagnosis(diagnosis, "."));
 * ```
 */
export function diagnoseProjects(wanted: WantedProjects): Diagnosis[] {
  const projects = openProjects(wanted);
  const { ownerOf } = assignOwners(projects);
  return projects.map((project) =>
    diagnoseApplication(project.application, project.compile(new Map()), (file) => ownerOf(file) === project),
  );
}
