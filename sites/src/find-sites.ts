import { siteOfAccess, siteOfOpening } from "./accesses.js";
import { assignSuppressions } from "./assign-suppressions.js";
import { sitesOfDestructuring } from "./destructurings.js";
import { findImportedNames, type ImportedNames } from "./imports.js";
import { isRequest, isRequestKey, isRequestType, isResponse } from "./requests.js";
import type { Site } from "./site.js";
import type { Range, Tree } from "./tree.js";

/** What a caller knows beyond the syntax of the one file. */
export interface FindOptions<Node> {
  /**
   * Whether an expression is a request, by its type. It is asked of the patterns of destructured parameters too.
   * `undefined` leaves the answer to the syntax.
   */
  readonly isRequest?: (node: Node) => boolean | undefined;
}

/**
 * Finds every place in a file that touches the session of a request, in source order.
 *
 * Only the syntax is looked at, so what counts is how the request is written: `req`, `ctx.req`, `getRequest()`; a
 * `ctx.session` counts in files that import Koa, and `getIronSession()` where it is iron-session's. A session that a parameter's pattern takes out counts where the parameter is
 * declared a request, `({ session }: Request) => …`, or stands before the response: `({ session }, res) => …`. What does not have the word `session` in its text is not walked: neither
 * a file, nor a part of one.
 *
 * @example
 * const sourceFile = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
 * const disguised = findSites(typescriptTree(ts, sourceFile)).filter((site) => site.disguises.length > 0);
 */
export function findSites<Node extends object>(tree: Tree<Node>, options: FindOptions<Node> = {}): Site<Node>[] {
  if (!tree.text.includes("session")) return [];
  const names = findImportedNames(tree);
  const written = ["session", ...openersIn(names)].flatMap((word) => offsetsOf(word, tree.text));
  const requests = {
    isExpression: (node: Node) => options.isRequest?.(node) ?? isRequest(tree, node, names),
    isParameter: (pattern: Node, type: Node | undefined, next: Node | undefined) =>
      options.isRequest?.(pattern) ??
      (type === undefined ? next !== undefined && isResponse(tree, next) : isRequestType(tree, type)),
    isMember: (pattern: Node, key: string) => options.isRequest?.(pattern) ?? isRequestKey(key),
  };
  const sites: Site<Node>[] = [];

  const visit = (node: Node): void => {
    if (!holdsAny(tree.extent(node), written)) return;
    tree.children(node).forEach(visit);
    const access = siteOfAccess(tree, node, names.cast, requests.isExpression) ?? siteOfOpening(tree, node, names);
    sites.push(...(access ? [access] : sitesOfDestructuring(tree, node, requests)));
  };
  visit(tree.root);
  sites.sort((a, b) => tree.range(a.session).end - tree.range(b.session).end);
  return assignSuppressions(tree, sites);
}

function openersIn({ opener, ironSession }: ImportedNames): string[] {
  return [...opener, ...(ironSession.size > 0 ? ["getIronSession"] : [])];
}

function offsetsOf(word: string, text: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) offsets.push(at);
  return offsets;
}

function holdsAny({ start, end }: Range, offsets: readonly number[]): boolean {
  return offsets.some((at) => at >= start && at < end);
}
