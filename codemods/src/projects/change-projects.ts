import type { UpgradeSubject } from "../upgrade-project.js";
import type { Texts } from "../verify/compile.js";
import type { Proof } from "../verify/is-proven.js";
import type { FileChange } from "../write/file-change.js";
import { affectedIn, compileTogether } from "./compile-together.js";
import { assignOwners, type Owners } from "./owners.js";
import type { Project } from "./project.js";
import { proveProject } from "./prove-project.js";

/** A project to change, beside others that it shares files with. */
export interface ProjectSubject extends Required<UpgradeSubject> {
  readonly project: Project;
  readonly owners: Owners;
}

/** What is known of a project after it was changed. */
export interface ProjectChanges extends Proof {
  readonly files: readonly FileChange[];
}

/**
 * Changes projects one after the other, each on top of what was changed before; nothing is written.
 *
 * @param change - changes the files that belong to a project, and verifies them with `compile`, which answers for all
 * programs that hold them
 * @returns what became of each, in the order of the projects, with all that is wrong in its program at the end
 */
export function changeProjects<Changes extends ProjectChanges>(
  projects: readonly Project[],
  change: (subject: ProjectSubject) => Changes,
): Changes[] {
  const owners = assignOwners(projects);
  const results = new Map<Project, Changes>();
  let settled: Texts = new Map();
  for (const project of inOrder(projects, owners)) {
    const result = change(subjectOf(project, owners, settled));
    results.set(project, result);
    settled = new Map([...settled, ...result.files.map(({ path, after }) => [path, after] as const)]);
  }
  return projects.flatMap((project) => {
    const result = results.get(project);
    return result === undefined ? [] : { ...result, ...proofOf(project, result, { owners, results, settled }) };
  });
}

/** Applications before the libraries that they compile: a library finds the keys declared that its callers keep. */
function inOrder(projects: readonly Project[], { sharing }: Owners): Project[] {
  return [
    ...projects.filter((each) => sharing(each).length === 0),
    ...projects.filter((each) => sharing(each).length > 0),
  ];
}

function subjectOf(project: Project, owners: Owners, settled: Texts): ProjectSubject {
  const others = owners.sharing(project);
  return {
    project,
    owners,
    application: project.application,
    compile: compileTogether(project, others, settled),
    owns: (file) => owners.ownerOf(file) === project,
    affectedElsewhere: (candidates) => affectedIn(others, settled, candidates),
  };
}

interface Settlement {
  readonly owners: Owners;
  readonly results: ReadonlyMap<Project, ProjectChanges>;
  readonly settled: Texts;
}

/** What was proven when a project's own files changed, and what is to be proven since those of others did. */
function proofOf(project: Project, own: ProjectChanges, { owners, results, settled }: Settlement): Proof {
  const strangers = [...results.keys()].filter((each) => each !== project && !owners.sharing(each).includes(project));
  const unseen = strangers
    .flatMap((each) => results.get(each)?.files ?? [])
    .filter(({ path, before }) => project.files.has(path) || (before === undefined && project.takesIn(path)))
    .map(({ path }) => path);
  const { newErrors, emitFaults } =
    unseen.length === 0 ? { newErrors: [], emitFaults: [] } : proveProject(project, settled, unseen);
  return { newErrors: [...own.newErrors, ...newErrors], emitFaults: [...own.emitFaults, ...emitFaults] };
}
