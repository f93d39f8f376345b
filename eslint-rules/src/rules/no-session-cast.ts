import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleContext, RuleFixer, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import { onOneLine, removeDisguises, type Disguise, type Edit, type Site } from "typed-session-sites";
import { createRule, type Rule } from "../create-rule.js";
import { findIdleCasts } from "../idle-casts.js";
import { sitesOf } from "../session-sites.js";

type MessageId = "sessionCast" | "requestCast" | "castCall" | "suppression" | "idleCast" | "remove";
type Context = Readonly<RuleContext<MessageId, []>>;

/** Finds what hides the type of a session: casts, calls of `cast()`, `@ts-ignore`. */
export const noSessionCast: Rule<MessageId> = createRule<MessageId>({
  name: "no-session-cast",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow casts and suppression comments on the sessions of requests",
      presets: ["recommended"],
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    messages: {
      sessionCast:
        "The cast to '{{type}}' takes the session's type away from the compiler. Type the session, and read it plainly.",
      requestCast:
        "The cast of the request to '{{type}}' hides its session's type. Type the session, and read it plainly.",
      castCall: "cast() checks nothing. Type the session, and read it plainly.",
      suppression:
        "@{{directive}} hides what the compiler says about this session. Type the session, and take the comment out.",
      idleCast: "The cast to '{{type}}' changes nothing: that is the type without it.",
      remove: "Read the session without it.",
    },
  },
  defaultOptions: [],
  mentions: /[sS]ession/,
  check(context) {
    const { tree, sites } = sitesOf(context.sourceCode);
    const idle = findIdleCasts(context, tree, sites);
    for (const site of sites) {
      const disguise = mainDisguise(site);
      if (disguise) report(context, disguise, removeDisguises(tree, site), idle.has(site));
    }
  },
});

/** One report for a site, whatever hides it: the cast where there is one, since it stays when the comment goes. */
function mainDisguise({ disguises }: Site<TSESTree.Node>): Disguise<TSESTree.Node> | undefined {
  return disguises.find(({ kind }) => kind !== "suppression") ?? disguises[0];
}

function report(
  context: Context,
  disguise: Disguise<TSESTree.Node>,
  edits: readonly Edit[] | undefined,
  isIdle: boolean,
): void {
  const loc = locationOf(disguise, context.sourceCode);
  if (isIdle && edits && "type" in disguise) {
    const data = { type: onOneLine(disguise.type) };
    context.report({ loc, messageId: "idleCast", data, fix: (fixer) => applyAll(fixer, edits) });
    return;
  }
  const suggest = edits ? [{ messageId: "remove" as const, fix: (fixer: RuleFixer) => applyAll(fixer, edits) }] : [];
  context.report({ loc, ...messageOf(disguise), suggest });
}

function locationOf(disguise: Disguise<TSESTree.Node>, sourceCode: Readonly<SourceCode>): TSESTree.SourceLocation {
  if (disguise.kind !== "suppression") return disguise.node.loc;
  const { start, end } = disguise.comment;
  return { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) };
}

function messageOf(disguise: Disguise<TSESTree.Node>) {
  switch (disguise.kind) {
    case "session-cast":
      return { messageId: "sessionCast", data: { type: onOneLine(disguise.type) } } as const;
    case "request-cast":
      return { messageId: "requestCast", data: { type: onOneLine(disguise.type) } } as const;
    case "cast-call":
      return { messageId: "castCall" } as const;
    case "suppression":
      return { messageId: "suppression", data: { directive: disguise.directive } } as const;
  }
}

function applyAll(fixer: RuleFixer, edits: readonly Edit[]) {
  return edits.map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));
}
