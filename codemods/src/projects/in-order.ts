import { isInside } from "./leave-to-nested.js";
import type { Owners } from "./owners.js";
import type { Project } from "./project.js";

/**
 * The order in which projects are changed. Applications come before the libraries that they compile: a library finds the keys
 * declared that its callers keep. In one package, the sources come before the tests that compile them.
 */
export function inOrder(projects: readonly Project[], { sharing }: Owners): Project[] {
  const isLibrary = (project: Project) => sharing(project).some((each) => !areBeside(each, project));
  const rank = (project: Project) => {
    const isOfLibrary = projects.some((each) => areBeside(each, project) && isLibrary(each));
    return (isOfLibrary ? 2 : 0) + (sharing(project).length > 0 ? 0 : 1);
  };
  return [0, 1, 2, 3].flatMap((wanted) => projects.filter((each) => rank(each) === wanted));
}

/** Whether two tsconfigs are of one package: `server` and `server/test`. */
export function areBeside({ tsconfig: a }: Project, { tsconfig: b }: Project): boolean {
  return isInside(a.folder, b.folder) || isInside(b.folder, a.folder);
}
