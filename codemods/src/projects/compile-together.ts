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
    const further = others.map(({ compile }) => compile(all));
    return {
      ...own,
      errors: (files) => [own, ...further].flatMap((each) => each.errors(files)),
      emit: (file) => {
        const emitted = [own, ...further].flatMap((each, index) =>
          each.program.getSourceFile(file) === undefined
            ? []
            : [...each.emit(file)].map(([path, text]) => [`${index}/${path}`, text] as const),
        );
        return new Map(emitted);
      },
    };
  };
}

/** The files of other programs whose errors can change when one of their sessions does. */
export function affectedIn(others: readonly Project[], settled: Texts): string[] {
  return others.flatMap(({ application, compile, candidates }) =>
    affectedFiles(application, compile(settled), candidates),
  );
}
