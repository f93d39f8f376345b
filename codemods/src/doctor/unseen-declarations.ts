import { dirname, join } from "node:path";
import type { Application } from "../application/load.js";
import { withoutIgnored } from "../application/without-ignored.js";
import { declaredNames, findKeyDeclarations } from "../augmentations/find-key-declarations.js";
import type { Compilation } from "../verify/compile.js";
import type { DiagnosedPlace } from "./diagnosis.js";

/** A declaration of session keys in a file that is not compiled. */
export interface UnseenDeclaration extends DiagnosedPlace {
  readonly keys: readonly string[];
}

/** Finds declarations of session keys below the tsconfig's folder, in files that the tsconfig does not take in. */
export function findUnseenDeclarations(
  { ts: compiler, tsconfig, options }: Application,
  { program }: Compilation,
): UnseenDeclaration[] {
  const folder = dirname(tsconfig);
  const outputs = [options.outDir, options.declarationDir].flatMap((each) => (each === undefined ? [] : [each]));
  const texts = compiler.sys
    .readDirectory(folder, [".ts", ".tsx"], ["**/node_modules", "**/.*/", ...outputs])
    .filter((file) => program.getSourceFile(file) === undefined && isOfThisProject(file))
    .map((file) => [file, compiler.sys.readFile(file) ?? ""] as const)
    .filter(([, text]) => /session/i.test(text) && /declare|namespace/.test(text));
  return [...withoutIgnored(folder, new Map(texts))].flatMap(([name, text]) => {
    const file = compiler.createSourceFile(name, text, compiler.ScriptTarget.Latest, true);
    return findKeyDeclarations(compiler, file).map((each) => ({
      file: name,
      line: file.getLineAndCharacterOfPosition(each.interface.getStart()).line + 1,
      found: each.describedAs,
      keys: declaredNames(each),
    }));
  });

  /** A folder with a tsconfig of its own is another project. */
  function isOfThisProject(file: string): boolean {
    const above = dirname(file);
    if (above === folder || above === dirname(above)) return true;
    return !compiler.sys.fileExists(join(above, "tsconfig.json")) && isOfThisProject(above);
  }
}
