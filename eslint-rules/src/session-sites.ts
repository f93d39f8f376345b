import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import {
  estreeTree,
  findSessionParameters,
  findSites,
  type SessionParameter,
  type Site,
  type Tree,
} from "typed-session-sites";

/** The session sites of a file, with the view of its tree that edits are made on. */
export interface FileSites {
  readonly tree: Tree<TSESTree.Node>;
  readonly sites: readonly Site<TSESTree.Node>[];
  /** The parameters that a framework hands the session to. */
  readonly parameters: readonly SessionParameter<TSESTree.Node>[];
}

const known = new WeakMap<object, FileSites>();

/** Finds the session sites of a file; once, however many rules ask. */
export function sitesOf(sourceCode: Readonly<SourceCode>): FileSites {
  const before = known.get(sourceCode.ast);
  if (before) return before;
  const tree = estreeTree(sourceCode);
  const found = { tree, sites: findSites(tree), parameters: findSessionParameters(tree) };
  known.set(sourceCode.ast, found);
  return found;
}
