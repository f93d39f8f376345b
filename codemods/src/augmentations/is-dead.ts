import type { Compilation } from "../verify/compile.js";
import type { DeadAugmentation } from "./find-dead-augmentations.js";

/** Old versions of `@types/express-session` declare `Express.SessionData` themselves: there, what merges with it lives. */
export function isDead(
  { declaration }: DeadAugmentation,
  { program, ownFiles, ownDeclarations }: Compilation,
): boolean {
  const own = new Set([...ownFiles, ...ownDeclarations]);
  const symbol = program.getTypeChecker().getSymbolAtLocation(declaration.name);
  return symbol?.declarations?.every((each) => own.has(each.getSourceFile().fileName)) ?? true;
}
