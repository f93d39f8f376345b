import { basename } from "node:path";
import type ts from "typescript";
import { findSites, typescriptTree, type Site } from "typed-session-sites";
import type { Application } from "../application/load.js";
import { findDeadAugmentations, type DeadAugmentation } from "../augmentations/find-dead-augmentations.js";
import { isDead } from "../augmentations/is-dead.js";
import { removeAugmentations } from "../augmentations/remove-augmentations.js";
import type { Compilation, Texts } from "../verify/compile.js";
import type { Proposal } from "./proposal.js";

/**
 * Proposes to take out the declarations of session keys that merge with nothing. One that is the only record of a key in use
 * stays: it is where the key's type is to be found.
 */
export function proposeDeadAugmentations(
  { ts: compiler }: Application,
  texts: Texts,
  compilation: Compilation,
): Proposal[] {
  const missing = missingKeys(compiler, texts, compilation);
  return [...texts].flatMap(([file, text]) => {
    const sourceFile = compilation.program.getSourceFile(file);
    if (sourceFile === undefined) return [];
    const dead = findDeadAugmentations(compiler, sourceFile)
      .filter((augmentation) => isDead(augmentation, compilation))
      .filter(isFirstOfItsBlock);
    const keyOf = (each: DeadAugmentation) => declaredKeys(each).find((name) => missing.has(name));
    // Neighbours share the blank line between them.
    const removals = removeAugmentations(
      text,
      dead.filter((each) => keyOf(each) === undefined),
    );
    return dead.map((augmentation) => {
      const key = keyOf(augmentation);
      const { start, end } = augmentation.range;
      const edits = removals.filter((each) => each.start < end && start < each.end);
      if (key === undefined) return proposalFor(sourceFile, augmentation, { attempts: [{ rung: 1, edits }] });
      const obstacle = `no other declaration has '${key}', which ${missing.get(key)} uses`;
      return proposalFor(sourceFile, augmentation, { attempts: [], obstacle });
    });
  });
}

/** The keys in use that the session's type does not have, each with a place that uses it. */
function missingKeys(compiler: typeof ts, texts: Texts, { program }: Compilation): ReadonlyMap<string, string> {
  const missing = new Map<string, string>();
  for (const file of texts.keys()) {
    const sourceFile = program.getSourceFile(file);
    if (sourceFile === undefined || sourceFile.isDeclarationFile) continue;
    for (const site of findSites(typescriptTree(compiler, sourceFile))) {
      if (site.key === undefined || missing.has(site.key) || hasKey(program.getTypeChecker(), site)) continue;
      const { line } = sourceFile.getLineAndCharacterOfPosition(site.session.getStart(sourceFile));
      missing.set(site.key, `line ${line + 1} of ${basename(file)}`);
    }
  }
  return missing;
}

/** Whether the session has a site's key by the type of the request alone, whatever it is cast to. */
function hasKey(checker: ts.TypeChecker, { request, key = "" }: Site<ts.Node>): boolean {
  const session = checker.getPropertyOfType(checker.getTypeAtLocation(request), "session");
  if (session === undefined) return false;
  const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(session, request));
  return checker.getPropertyOfType(type, key) !== undefined;
}

function declaredKeys({ declaration }: DeadAugmentation): string[] {
  return declaration.members.flatMap(({ name }) =>
    name === undefined ? [] : [name.getText().replace(/^["']|["']$/g, "")],
  );
}

function isFirstOfItsBlock({ range }: DeadAugmentation, index: number, all: readonly DeadAugmentation[]): boolean {
  return all.findIndex((each) => each.range.start === range.start) === index;
}

function proposalFor(
  sourceFile: ts.SourceFile,
  { declaration, range }: DeadAugmentation,
  outcome: Pick<Proposal, "attempts" | "obstacle">,
): Proposal {
  const { line } = sourceFile.getLineAndCharacterOfPosition(declaration.name.getStart(sourceFile));
  return {
    file: sourceFile.fileName,
    start: range.start,
    end: range.end,
    at: declaration.end,
    line: line + 1,
    kind: "declaration",
    found: "Express.SessionData, which merges with nothing",
    changesEmit: false,
    ...outcome,
  };
}
