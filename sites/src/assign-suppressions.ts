import { keysTakenOut } from "./destructurings.js";
import type { Site } from "./site.js";
import { findSuppressions } from "./suppressions.js";
import type { Tree } from "./tree.js";

/** Gives each suppression comment to the first site on the line that it speaks of. */
export function assignSuppressions<Node extends object>(tree: Tree<Node>, sites: readonly Site<Node>[]): Site<Node>[] {
  const unassigned = new Set(findSuppressions(tree));
  if (unassigned.size === 0) return [...sites];
  return sites.map((site) => {
    const places = errorPlaces(tree, site);
    const own = [...unassigned].filter(({ line }) => places.some((at) => at >= line.start && at < line.end));
    for (const suppression of own) unassigned.delete(suppression);
    const comments = own.map(({ comment, directive }) => ({ kind: "suppression", comment, directive }) as const);
    return { ...site, disguises: [...comments, ...site.disguises] };
  });
}

/** Where the compiler would put an error of this site: at `session`, or at the key. */
function errorPlaces<Node extends object>(tree: Tree<Node>, site: Site<Node>): number[] {
  if (site.form === "destructured") return destructuredPlaces(tree, site.session);
  const parent = site.key === undefined ? undefined : tree.parent(site.outer);
  return [site.session, ...(parent ? [parent] : [])].map((node) => tree.range(node).end - 1);
}

function destructuredPlaces<Node extends object>(tree: Tree<Node>, element: Node): number[] {
  const keys = keysTakenOut(tree, element).map(({ node }) => node);
  return [element, ...keys].map((node) => tree.range(node).start);
}
