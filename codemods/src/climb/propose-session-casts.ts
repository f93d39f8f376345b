import type ts from "typescript";
import {
  findSites,
  removeDisguises,
  typescriptTree,
  type Disguise,
  type Range,
  type Site,
  type Tree,
} from "typed-session-sites";
import type { Application } from "../application/load.js";
import type { Compilation, Texts } from "../verify/compile.js";
import { attemptsForSite, attemptsForUse } from "./attempts.js";
import { findAliasUses } from "./find-alias-uses.js";
import type { Proposal } from "./proposal.js";

const longestExcerpt = 60;

/** Proposes to take the casts of every session site out, and to write what is read through aliases accordingly. */
export function proposeSessionCasts({ ts: compiler }: Application, texts: Texts, { program }: Compilation): Proposal[] {
  return [...texts.keys()].flatMap((file) => {
    const sourceFile = program.getSourceFile(file);
    if (sourceFile === undefined) return [];
    const tree = typescriptTree(compiler, sourceFile);
    return findSites(tree)
      .filter(({ disguises }) => disguises.length > 0)
      .flatMap((site) => {
        const proposal = proposalForSite(compiler, sourceFile, tree, site);
        const uses = findAliasUses(compiler, program.getTypeChecker(), sourceFile, site);
        return [...uses.map((use) => proposalForUse(compiler, sourceFile, site, use, proposal)), proposal];
      });
  });
}

function proposalForSite(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  tree: Tree<ts.Node>,
  site: Site<ts.Node>,
): Proposal {
  const plain = removeDisguises(tree, site);
  return {
    ...placeOf(compiler, sourceFile, site.session),
    expression: expressionOf(tree, site),
    kind: "site",
    found: site.disguises.map((disguise) => describe(tree, disguise)).join(", "),
    changesEmit: site.disguises.some(({ kind }) => kind === "cast-call"),
    attempts: plain === undefined ? [] : attemptsForSite(compiler, sourceFile, site, plain),
    ...(plain === undefined ? { obstacle: "a comment inside the cast would be lost" } : {}),
  };
}

function proposalForUse(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  site: Site<ts.Node>,
  use: ts.Expression,
  dependsOn: Proposal,
): Proposal {
  return {
    ...placeOf(compiler, sourceFile, use),
    expression: { start: use.getStart(sourceFile), end: use.end },
    kind: "use",
    found: excerpt(use.getText(sourceFile)),
    changesEmit: false,
    attempts: attemptsForUse(compiler, sourceFile, site, use),
    dependsOn,
  };
}

function placeOf(compiler: typeof ts, sourceFile: ts.SourceFile, node: ts.Node) {
  const statement = statementOf(compiler, node);
  return {
    file: sourceFile.fileName,
    start: statement.getStart(sourceFile),
    end: statement.end,
    at: node.end,
    line: sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile)).line + 1,
  };
}

function expressionOf(tree: Tree<ts.Node>, { outer, key }: Site<ts.Node>): Range {
  const parent = tree.parent(outer);
  return tree.range(key === undefined || parent === undefined ? outer : parent);
}

function statementOf(compiler: typeof ts, node: ts.Node): ts.Node {
  const { parent } = node;
  const isStatement =
    compiler.isBlock(parent) || compiler.isSourceFile(parent) || compiler.isCaseOrDefaultClause(parent);
  return isStatement || compiler.isModuleBlock(parent) ? node : statementOf(compiler, parent);
}

function describe(tree: Tree<ts.Node>, disguise: Disguise<ts.Node>): string {
  if (disguise.kind === "suppression") return `@${disguise.directive}`;
  const { start, end } = tree.range(disguise.node);
  return excerpt(tree.text.slice(start, end));
}

function excerpt(text: string): string {
  const written = text.replace(/\s+/g, " ");
  return written.length > longestExcerpt ? `${written.slice(0, longestExcerpt - 1)}…` : written;
}
