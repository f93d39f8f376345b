import { applyEdits } from "./apply-edits.js";
import { findSites } from "./find-sites.js";
import { removeDisguises } from "./remove-disguises.js";
import type { Disguise } from "./site.js";
import type { Range, Tree } from "./tree.js";
import { parseEstree } from "./trees/parse-estree.js";
import { parseTypescript } from "./trees/parse-typescript.js";

/** A site without its nodes, so that what two trees say can be compared. */
export interface PlainSite {
  readonly session: string;
  readonly outer: string;
  readonly request: string;
  readonly key: string | undefined;
  readonly disguises: readonly string[];
  readonly at: readonly Range[];
}

/** What the recogniser says of a text, on one tree. */
export interface Findings {
  readonly sites: readonly PlainSite[];
  /** The text without disguises, as far as they can be removed. */
  readonly plain: string;
}

export const readers: Readonly<Record<string, (text: string, fileName?: string) => Findings>> = {
  TypeScript: (text, fileName) => findingsOf(parseTypescript(text, fileName)),
  ESTree: (text, fileName) => findingsOf(parseEstree(text, fileName)),
};

function findingsOf<Node extends object>(tree: Tree<Node>): Findings {
  const sites = findSites(tree);
  const read = (node: Node) => tree.text.slice(tree.range(node).start, tree.range(node).end);
  return {
    sites: sites.map(({ session, outer, request, key, disguises }) => ({
      session: read(session),
      outer: read(outer),
      request: read(request),
      key,
      disguises: disguises.map((disguise) => describeDisguise(disguise, read)),
      at: [session, outer, request].map((node) => tree.range(node)),
    })),
    plain: applyEdits(
      tree.text,
      sites.flatMap((site) => removeDisguises(tree, site) ?? []),
    ),
  };
}

function describeDisguise<Node>(disguise: Disguise<Node>, read: (node: Node) => string): string {
  if (disguise.kind === "suppression") return disguise.directive;
  return `${disguise.kind} ${disguise.type}: ${read(disguise.node)}`;
}
