import { affectedFiles } from "../verify/affected-files.js";
import type { Compilation, Texts } from "../verify/compile.js";
import type { Project } from "./project.js";

/**
 * Compiles a project, and with it every other program that holds some of its files: an error in any of them counts, and so
 * does what any of them emits.
 *
 * @param settled - what other projects have changed already
 */
export function compileTogether(
  project: Project,
  others: readonly Project[],
  settled: Texts,
): (texts: Texts) => Compilation {
  return (texts) => {
    const all = new Map([...settled, ...texts]);
    const own = project.compile(all);
    if (others.length === 0) return own;
    const compilations = [own, ...others.map(({ compile }) => compile(all))];
    return {
      ...own,
      errors: (files) => compilations.flatMap((each) => each.errors(files)),
      emit: emitFrom(compilations),
      alone: (files) => {
        const apart = compilations.flatMap((each) => each.alone(files) ?? []);
        return apart.length < compilations.length ? undefined : { emit: emitFrom(apart) };
      },
    };
  };
}

/** What a file emits in each of several programs. */
function emitFrom(compilations: readonly Pick<Compilation, "emit">[]): Compilation["emit"] {
  return (file) =>
    new Map(
      compilations.flatMap(({ emit }, index) =>
        [...emit(file)].map(([path, text]) => [`${index}/${path}`, text] as const),
      ),
    );
}

/** The files of other programs whose errors can change when one of their sessions does. */
export function affectedIn(others: readonly Project[], settled: Texts): string[] {
  return others.flatMap(({ application, compile, candidates }) =>
    affectedFiles(application, compile(settled), candidates),
  );
}
