import type ts from "typescript";
import type { Edit, Range } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { outermostEmptied } from "../augmentations/blocks.js";
import type { KeyDeclaration } from "../augmentations/find-key-declarations.js";
import { startWithComments } from "../text/start-with-comments.js";
import { removeStretches } from "../text/remove-stretches.js";
import { isLibraryKey } from "../evidence/library-keys.js";
import { placeOf } from "./place-of.js";
import type { Proposal } from "./proposal.js";

/**
 * Proposes to take the application's own declarations of keys out, a file at a time: the session file declares them all.
 * Members that belong to libraries, such as `passport`, stay where they are.
 */
export function proposeKeyDeclarations(compiler: Compiler, declarations: readonly KeyDeclaration[]): Proposal[] {
  const byFile = new Map<ts.SourceFile, KeyDeclaration[]>();
  for (const each of declarations) {
    const file = each.interface.getSourceFile();
    byFile.set(file, [...(byFile.get(file) ?? []), each]);
  }
  return [...byFile].flatMap(([file, own]) => proposalFor(compiler, file, own) ?? []);
}

function proposalFor(compiler: Compiler, file: ts.SourceFile, own: readonly KeyDeclaration[]): Proposal | undefined {
  const [first] = own;
  const edits = removalOf(compiler, file, own);
  if (first === undefined || edits.length === 0) return undefined;
  return {
    ...placeOf(compiler, file, first.interface.name),
    at: first.interface.end,
    kind: "declaration",
    found: own.map(({ describedAs }) => describedAs).join(", "),
    changesEmit: false,
    attempts: [{ rung: 1, edits }],
  };
}

function removalOf(compiler: Compiler, file: ts.SourceFile, own: readonly KeyDeclaration[]): Edit[] {
  const whole = own.filter((each) => each.interface.members.every((member) => isKey(compiler, member)));
  const going = new Set<ts.Node>(whole.map((each) => each.interface));
  // A block that holds several is known to be empty only after the last of them.
  for (const each of going) outermostEmptied(compiler, each, going);
  const ranges = own.flatMap((each): Range[] => {
    if (going.has(each.interface)) {
      const outermost = outermostEmptied(compiler, each.interface, going);
      return [{ start: beginning(outermost), end: outermost.end }];
    }
    const members = each.interface.members.filter((member) => isKey(compiler, member));
    return members.map((member) => ({ start: beginning(member), end: member.end }));
  });
  const distinct = ranges.filter(({ start }, index) => ranges.findIndex((each) => each.start === start) === index);
  return removeStretches(file.text, distinct);

  function beginning(node: ts.Node): number {
    return startWithComments(file.text, node.getStart(file, true));
  }
}

function isKey(compiler: Compiler, member: ts.TypeElement): boolean {
  if (compiler.isIndexSignatureDeclaration(member)) return true;
  if (!compiler.isPropertySignature(member)) return false;
  return !isLibraryKey(member.name.getText().replace(/^["']|["']$/g, ""));
}
