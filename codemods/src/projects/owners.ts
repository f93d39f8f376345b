import { relative, sep } from "node:path";
import type { Project } from "./project.js";

/** Which project each file belongs to. */
export interface Owners {
  readonly ownerOf: (file: string) => Project | undefined;
  /** The projects that compile a file. */
  readonly compiledBy: (file: string) => readonly Project[];
  /** The files of a project that may touch a session. */
  readonly ownedBy: (project: Project) => readonly string[];
  /** The other projects that compile some of these. */
  readonly sharing: (project: Project) => readonly Project[];
}

/**
 * Gives each file to one project: of those that compile it, the one whose tsconfig is nearest; of those in one folder, the
 * first.
 */
export function assignOwners(projects: readonly Project[]): Owners {
  const compiledBy = (file: string) => projects.filter(({ files }) => files.has(file));
  const known = new Map<string, Project | undefined>();
  const ownerOf = (file: string) => {
    if (!known.has(file)) known.set(file, nearest(compiledBy(file), file));
    return known.get(file);
  };
  const ownedBy = (project: Project) => [...project.candidates].filter((file) => ownerOf(file) === project);
  const sharing = (project: Project) => {
    const owned = ownedBy(project);
    return projects.filter((each) => each !== project && owned.some((file) => each.files.has(file)));
  };
  return { ownerOf, compiledBy, ownedBy, sharing };
}

function nearest(projects: readonly Project[], file: string): Project | undefined {
  const distance = ({ tsconfig: { folder } }: Project) => relative(folder, file).split(sep).length;
  // The sort is stable: the first found comes first.
  return [...projects].sort((a, b) => distance(a) - distance(b))[0];
}
