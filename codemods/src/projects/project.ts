import { applicationOf, type Application } from "../application/load.js";
import { readCandidates } from "../application/read-candidates.js";
import { createCompiler, type Compilation, type Texts } from "../verify/compile.js";
import { chooseEngine } from "../verify/choose-engine.js";
import type { EngineName } from "../verify/engine.js";
import { isInside, type ProjectTsconfig } from "./leave-to-nested.js";
import { createTakesIn } from "../session-file/takes-in.js";

/** One tsconfig of several, with the program that it makes. */
export interface Project {
  readonly application: Application;
  readonly tsconfig: ProjectTsconfig;
  readonly compile: (texts: Texts) => Compilation;
  /** The program's own files, those of other projects included. */
  readonly files: ReadonlySet<string>;
  /** Those of them that may touch a session. */
  readonly candidates: ReadonlySet<string>;
  /** Whether a new file would be compiled although nobody imports it. */
  readonly takesIn: (file: string) => boolean;
  /** Ends what was started for it. */
  readonly close: () => void;
}

/**
 * Opens the program of a tsconfig, without checking it.
 *
 * @throws CodemodError where it compiles no file, or the engine that is asked for is not there.
 */
export function openProject(tsconfig: ProjectTsconfig, wanted?: EngineName): Project {
  const { application, engine } = chooseEngine(applicationOf(tsconfig), wanted);
  const takesIn = createTakesIn(application);
  const wouldTakeIn = (file: string) => !tsconfig.leaves.some((folder) => isInside(file, folder)) && takesIn(file);
  const compile = createCompiler(application, wouldTakeIn, engine);
  const before = compile(new Map());
  return {
    application,
    tsconfig,
    compile,
    files: new Set([...before.ownFiles, ...before.ownDeclarations]),
    candidates: new Set(readCandidates(application, before).keys()),
    takesIn: wouldTakeIn,
    close: () => engine.close(),
  };
}
