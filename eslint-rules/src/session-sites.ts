import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import {
  estreeTree,
  findSessionParameters,
  findSites,
  withNeededCast,
  type SessionParameter,
  type Site,
  type Tree,
} from "typed-session-sites";
import { findHeldSites, findPassedSites } from "./held-sites.js";
import { nameOf } from "./session-names.js";
import { typesAtNodes } from "./types-of.js";

type FileTree = Tree<TSESTree.Node>;
type FileSite = Site<TSESTree.Node>;

/** A session that is read from a request, and the uses of the variables that hold it. */
export interface ReadSession {
  readonly site: FileSite;
  readonly held: readonly FileSite[];
}

/** A parameter that a framework hands the session to, and its uses. */
export interface HandedSession {
  readonly parameter: SessionParameter<TSESTree.Node>;
  readonly held: readonly FileSite[];
}

/** The session sites of a file, by how the session comes to them. */
export interface FileSites {
  /** The view of the file's tree that edits are made on. */
  readonly tree: FileTree;
  readonly read: readonly ReadSession[];
  readonly handed: readonly HandedSession[];
  /** The uses of parameters that the file itself passes a session to. */
  readonly passed: readonly FileSite[];
  /** Those of sessions that iron-session opens, among all: a cookie holds them, and they have no id. */
  readonly opened: readonly FileSite[];
  /** All of them. */
  readonly sites: readonly FileSite[];
}

const known = new WeakMap<object, FileSites>();

/** Finds the session sites of a file; once, however many rules ask. */
export function sitesOf(sourceCode: Readonly<SourceCode>): FileSites {
  const before = known.get(sourceCode.ast);
  if (before) return before;
  const found = findFileSites(sourceCode, estreeTree(sourceCode));
  known.set(sourceCode.ast, found);
  return found;
}

function findFileSites(sourceCode: Readonly<SourceCode>, tree: FileTree): FileSites {
  const types = typesAtNodes(sourceCode);
  const found = findSites(tree).map((site) => (types === undefined ? site : withNeededCast(types, site)));
  const read = found.map((site) => ({ site, held: findHeldSites(sourceCode, tree, nameOf(tree, site)) }));
  const handed = findSessionParameters(tree).map((parameter) => ({
    parameter,
    held: findHeldSites(sourceCode, tree, parameter.name),
  }));
  const sites = [...read.flatMap(({ site, held }) => [site, ...held]), ...handed.flatMap(({ held }) => held)];
  const passed = findPassedSites(sourceCode, tree, sites);
  const own = read.filter(({ site }) => site.form === "opened").flatMap(({ site, held }) => [site, ...held]);
  const opened = [...own, ...findPassedSites(sourceCode, tree, own)];
  return { tree, read, handed, passed, opened, sites: [...sites, ...passed] };
}
