import type { Application } from "../application/load.js";
import { affectedFiles } from "../verify/affected-files.js";
import type { Compilation } from "../verify/compile.js";
import { findTsNodeEntry } from "../session-file/visibility.js";
import type { DiagnosedPlace } from "./diagnosis.js";
import { placeOf } from "./explain.js";
import type { OwnDeclaration } from "./own-declarations.js";
import { deadDeclarationRemedy, disagreementRemedy, hiddenErrorRemedy, tsNodeRemedy, type Remedy } from "./remedies.js";
import type { Surroundings } from "./surroundings.js";

/** A fault of declarations, whether or not a place is untyped on its account. */
export interface DeclarationFault {
  readonly remedy: Remedy;
  readonly declarations: readonly DiagnosedPlace[];
}

/** Finds what is wrong with the application's own declarations of keys. */
export function findDeclarationFaults(
  application: Application,
  compilation: Compilation,
  surroundings: Surroundings,
): DeclarationFault[] {
  const { declarations, hiddenErrors } = surroundings;
  return [
    ...declarations
      .filter(({ isAlive }) => !isAlive)
      .map((each) => ({
        remedy: deadDeclarationRemedy(each.describedAs, surroundings),
        declarations: [placeOf(each)],
      })),
    ...disagreements(declarations),
    ...(hiddenErrors.length === 0 ? [] : [{ remedy: hiddenErrorRemedy(surroundings), declarations: hiddenErrors }]),
    ...unseenByTsNode(application, compilation, surroundings),
  ];
}

/** Of several declarations that merge, the compiler takes the first's type; those that merge with nothing just differ. */
function disagreements(declarations: readonly OwnDeclaration[]): DeclarationFault[] {
  const keys = new Set(declarations.flatMap((each) => [...each.keys.keys()]));
  return [...keys].flatMap((key) => {
    const having = declarations.filter((each) => each.keys.has(key));
    if (new Set(having.map((each) => each.keys.get(key))).size < 2) return [];
    const places = having.map((each) => ({
      ...placeOf(each),
      found: `${each.describedAs}: ${key}: ${each.keys.get(key)}`,
    }));
    return [{ remedy: disagreementRemedy(key), declarations: places }];
  });
}

function unseenByTsNode(
  application: Application,
  compilation: Compilation,
  surroundings: Surroundings,
): DeclarationFault[] {
  const entry = findTsNodeEntry(application);
  if (entry === undefined) return [];
  return surroundings.declarations
    .filter(({ isAlive }) => isAlive)
    .map((each) => placeOf(each))
    .filter(({ file }) => !affectedFiles(application, compilation, [file]).includes(entry) && !isReferenced(file))
    .map((each) => ({ remedy: tsNodeRemedy(each.file, entry, surroundings), declarations: [each] }));

  /** `/// <reference path="…" />` */
  function isReferenced(file: string): boolean {
    const name = file.replace(/^.*\//, "");
    return compilation.ownFiles.some((each) =>
      compilation.program.getSourceFile(each)?.referencedFiles.some(({ fileName }) => fileName.endsWith(name)),
    );
  }
}
