import { basename } from "node:path";
import { sessionFileMark } from "../session-file/place-session-file.js";
import type { MissingSight } from "../session-file/visibility.js";
import type { UpgradeSubject } from "../upgrade/upgrade-application.js";
import type { Texts } from "../verify/compile.js";
import type { Proof } from "../verify/is-proven.js";
import type { FileChange } from "../write/file-change.js";
import { affectedIn, compileTogether } from "./compile-together.js";
import { areBeside, inOrder } from "./in-order.js";
import { isInside } from "./leave-to-nested.js";
import { assignOwners, type Owners } from "./owners.js";
import type { Project } from "./project.js";
import { proveProject } from "./prove-project.js";
import { sessionConflicts } from "./session-conflicts.js";

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
  try {
    return changeInOrder(projects, change);
  } finally {
    for (const { close } of projects) close();
  }
}

function changeInOrder<Changes extends ProjectChanges>(
  projects: readonly Project[],
  change: (subject: ProjectSubject) => Changes,
): Changes[] {
  const owners = assignOwners(projects);
  const results = new Map<Project, Changes>();
  let settled: Texts = new Map();
  for (const project of inOrder(projects, owners)) {
    const result = change(subjectOf(project, projects, owners, settled));
    results.set(project, result);
    settled = new Map([...settled, ...result.files.map(({ path, after }) => [path, after] as const)]);
  }
  return projects.flatMap((project) => {
    const result = results.get(project);
    return result === undefined ? [] : { ...result, ...proofOf(project, result, { owners, results, settled }) };
  });
}

function subjectOf(project: Project, projects: readonly Project[], owners: Owners, settled: Texts): ProjectSubject {
  const others = owners.sharing(project);
  const folders = projects.filter((each) => areBeside(each, project)).map(({ tsconfig }) => tsconfig.folder);
  return {
    project,
    owners,
    application: project.application,
    compile: compileTogether(project, others, settled),
    owns: (file) => owners.ownerOf(file) === project,
    affectedElsewhere: () => affectedIn(others, settled),
    hasSessionFile: sessionFilesOf(project, settled).some(
      (file) => owners.ownerOf(file) !== project && folders.some((folder) => isInside(file, folder)),
    ),
    sightsElsewhere: (sessionFile) =>
      others
        .filter((each) => !each.takesIn(sessionFile) && sessionFilesOf(each, settled).length === 0)
        .flatMap((each) => sightFor(each, owners.ownedBy(project))),
  };
}

/** The session files in a program, those that are not written yet included. */
function sessionFilesOf({ compile }: Project, settled: Texts): string[] {
  const files = compile(settled).program.getSourceFiles();
  return files.filter(({ text }) => text.includes(sessionFileMark)).map(({ fileName }) => fileName);
}

function sightFor({ files, tsconfig }: Project, owned: readonly string[]): MissingSight[] {
  const entry = owned.find((file) => files.has(file) && !/\.d\.[cm]?ts$/.test(file));
  const reason = `${basename(tsconfig.path)} takes in only what is imported`;
  return entry === undefined ? [] : [{ entry, reason }];
}

interface Settlement {
  readonly owners: Owners;
  readonly results: ReadonlyMap<Project, ProjectChanges>;
  readonly settled: Texts;
}

/** What was proven when a project's own files changed, and what is to be proven since those of others did. */
function proofOf(project: Project, own: ProjectChanges, { owners, results, settled }: Settlement): Proof {
  const changed = [...results].flatMap(([of, { files }]) => files.map((file) => ({ of, ...file })));
  const arriving = changed.filter(({ path, before, of }) =>
    before === undefined ? of === project || project.takesIn(path) : project.files.has(path),
  );
  const isSeen = (of: Project) => of === project || owners.sharing(of).includes(project);
  const unseen = arriving.filter(({ of }) => !isSeen(of)).map(({ path }) => path);
  const further = unseen.length === 0 ? undefined : proveProject(project, settled, unseen);
  const isNewToOthers = arriving.some(({ of, before }) => of !== project && before === undefined);
  const conflicts = isNewToOthers ? sessionConflicts(project.application, project.compile(settled)) : [];
  return {
    newErrors: [...own.newErrors, ...(further?.newErrors ?? []), ...conflicts],
    emitFaults: [...own.emitFaults, ...(further?.emitFaults ?? [])],
  };
}
