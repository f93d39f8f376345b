import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { describeSessionParameter, type Site, type Tree } from "typed-session-sites";
import { askedKeys, keyOfAccess, type AskedKey } from "../asked-keys.js";
import { createRule, type Rule } from "../create-rule.js";
import { sitesOf, type HandedSession, type ReadSession } from "../session-sites.js";
import { isAnyAt, literalAt } from "../types-of.js";
import { whySiteIsUntyped } from "../why-site-is-untyped.js";

type FileTree = Tree<TSESTree.Node>;
type Context = Readonly<RuleContext<"key" | "session", []>>;

/** Finds sessions that have no type although no cast hides it, and says which declaration is to blame. */
export const noUntypedSessionAccess: Rule<"key" | "session"> = createRule<"key" | "session">({
  name: "no-untyped-session-access",
  meta: {
    type: "problem",
    docs: { description: "Disallow reading and writing sessions that have no type", presets: ["recommended"] },
    schema: [],
    messages: {
      key: "'{{key}}' has no type here: {{reason}}.",
      session: "The session has no type here: {{reason}}.",
    },
  },
  defaultOptions: [],
  mentions: /[sS]ession/,
  check(context) {
    const { tree, read, handed, passed } = sitesOf(context.sourceCode);
    const places = [
      ...read.flatMap((each) => untypedRead(context, tree, each)),
      ...handed.flatMap((each) => untypedHanded(context, tree, each)),
      ...passed.flatMap((site) => untypedKeys(context, tree, site)),
    ];
    for (const { node, key, reason } of places) {
      if (key === undefined) context.report({ node, messageId: "session", data: { reason } });
      else context.report({ node, messageId: "key", data: { key, reason } });
    }
  },
});

interface UntypedPlace {
  readonly node: TSESTree.Node;
  readonly key: string | undefined;
  readonly reason: string;
}

/** A session that has no type is said where it is read from the request; else, each key of it that has none. */
function untypedRead(context: Context, tree: FileTree, { site, held }: ReadSession): UntypedPlace[] {
  // What a cast hides is the business of no-session-cast.
  if (site.disguises.length > 0) return [];
  const literalOf = (node: TSESTree.Node) => literalAt(context, node);
  const reason = whySiteIsUntyped(context, site, undefined);
  if (reason !== undefined) return [{ node: site.session, key: keyOfAccess(tree, site, literalOf), reason }];
  return [site, ...held].flatMap((each) => untypedKeys(context, tree, each));
}

function untypedHanded(context: Context, tree: FileTree, { parameter, held }: HandedSession): UntypedPlace[] {
  const reason = describeSessionParameter(tree, parameter);
  if (reason !== undefined) return [{ node: parameter.name, key: undefined, reason }];
  return held.flatMap((site) => untypedKeys(context, tree, site));
}

function untypedKeys(context: Context, tree: FileTree, site: Site<TSESTree.Node>): UntypedPlace[] {
  if (site.disguises.length > 0) return [];
  return askedKeys(tree, site, (node) => literalAt(context, node)).flatMap((asked) => {
    const isRead = asked.by === "access" || (asked.by === "get" && isAnyAt(context, asked.node));
    const reason = isRead ? whySiteIsUntyped(context, site, asked.key) : undefined;
    return reason === undefined ? [] : [{ node: placeOf(site, asked), key: asked.key, reason }];
  });
}

/** An access is shown by its session; what is taken out of one by a pattern, by its key. */
function placeOf({ session }: Site<TSESTree.Node>, { node }: AskedKey): TSESTree.Node {
  return node.type === "Property" ? node : session;
}
