import type ts from "typescript";
import type { Range } from "typed-session-sites";
import { bodyOf, outermostEmptied } from "./blocks.js";

/** A declaration of session keys that reaches no session. */
export interface DeadAugmentation {
  readonly declaration: ts.InterfaceDeclaration;
  /** What goes with it: itself, or the namespace and the `declare global` around it that hold nothing else. */
  readonly range: Range;
}

/**
 * Finds the declarations `namespace Express { interface SessionData { … } }` of the global scope.
 *
 * `@types/express-session` takes a session's keys from `declare module "express-session"` since 1.17; a
 * `SessionData` of the global namespace merges with nothing there, without an error.
 */
export function findDeadAugmentations(compiler: typeof ts, sourceFile: ts.SourceFile): DeadAugmentation[] {
  const declarations = globalBlocks(compiler, sourceFile)
    .flatMap((statements) => namespaceBodies(compiler, statements, "Express"))
    .flatMap((statements) => statements.filter((each) => compiler.isInterfaceDeclaration(each)))
    .filter(({ name }) => name.text === "SessionData");
  const dead = new Set<ts.Node>(declarations);
  // A block that holds several is known to be empty only after the last of them.
  for (const declaration of declarations) outermostEmptied(compiler, declaration, dead);
  return declarations.map((declaration) => {
    const outermost = outermostEmptied(compiler, declaration, dead);
    return { declaration, range: { start: outermost.getStart(sourceFile, true), end: outermost.end } };
  });
}

/** The statements of a file that declare global things. */
function globalBlocks(compiler: typeof ts, sourceFile: ts.SourceFile): (readonly ts.Statement[])[] {
  if (!compiler.isExternalModule(sourceFile)) return [sourceFile.statements];
  return sourceFile.statements.filter((each) => isGlobalScope(compiler, each)).map((each) => bodyOf(compiler, each));
}

function isGlobalScope(compiler: typeof ts, node: ts.Statement): node is ts.ModuleDeclaration {
  return compiler.isModuleDeclaration(node) && (node.flags & compiler.NodeFlags.GlobalAugmentation) !== 0;
}

function namespaceBodies(
  compiler: typeof ts,
  statements: readonly ts.Statement[],
  name: string,
): (readonly ts.Statement[])[] {
  return statements
    .filter((each) => compiler.isModuleDeclaration(each))
    .filter((each) => compiler.isIdentifier(each.name) && each.name.text === name)
    .map((each) => bodyOf(compiler, each));
}
