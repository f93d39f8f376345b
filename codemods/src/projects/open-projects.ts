import { relative } from "node:path";
import { findTsconfigs, type WantedProjects } from "./find-tsconfigs.js";
import type { EngineName } from "../verify/engine.js";
import { openProject, type Project } from "./project.js";

/**
 * Opens the programs of an application or a workspace, without checking them.
 *
 * @throws CodemodError where there is none, or a tsconfig is missing or broken.
 */
export function openProjects(wanted: WantedProjects & { readonly engine?: EngineName }): Project[] {
  const { directory, onProgress = () => {} } = wanted;
  return findTsconfigs(wanted).map((tsconfig, index, { length }) => {
    if (length > 1) onProgress(`Reading ${relative(directory, tsconfig.path)}, ${index + 1} of ${length}`);
    return openProject(tsconfig, wanted.engine);
  });
}
