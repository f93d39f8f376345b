import type ts from "typescript";
import { siteOfAlias, type Site, type Tree } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { innermostSameValue } from "../evidence/value-flow.js";

/** The site that a read through a variable is, where something hides the variable's type: `(session as any).userId`. */
export function aliasedSite(compiler: Compiler, tree: Tree<ts.Node>, read: ts.Expression): Site<ts.Node> | undefined {
  if (!compiler.isPropertyAccessExpression(read) && !compiler.isElementAccessExpression(read)) return undefined;
  const name = innermostSameValue(compiler, read.expression);
  if (!compiler.isIdentifier(name)) return undefined;
  const site = siteOfAlias(tree, name);
  return site.disguises.length > 0 ? site : undefined;
}
