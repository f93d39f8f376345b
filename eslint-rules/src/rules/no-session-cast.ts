import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleFixer, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import { removeDisguises, type Disguise, type Edit, type Site } from "typed-session-sites";
import { createRule } from "../create-rule.js";
import { sitesOf } from "../session-sites.js";

/** Finds what hides the type of a session: casts, calls of `cast()`, `@ts-ignore`. */
export const noSessionCast = createRule({
  name: "no-session-cast",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow casts and suppression comments on the sessions of requests" },
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
      remove: "Read the session without it.",
    },
  },
  defaultOptions: [],
  create(context) {
    if (!context.sourceCode.text.includes("session")) return {};
    return {
      Program() {
        const { tree, sites } = sitesOf(context.sourceCode);
        for (const site of sites) {
          const disguise = mainDisguise(site);
          if (!disguise) continue;
          const edits = removeDisguises(tree, site);
          context.report({
            loc: locationOf(disguise, context.sourceCode),
            ...messageOf(disguise),
            suggest: edits ? [{ messageId: "remove", fix: (fixer) => applyAll(fixer, edits) }] : [],
          });
        }
      },
    };
  },
});

/** One report for a site, whatever hides it: the cast where there is one, since it stays when the comment goes. */
function mainDisguise({ disguises }: Site<TSESTree.Node>): Disguise<TSESTree.Node> | undefined {
  return disguises.find(({ kind }) => kind !== "suppression") ?? disguises[0];
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

function onOneLine(type: string): string {
  return type.replace(/\s+/g, " ");
}

function applyAll(fixer: RuleFixer, edits: readonly Edit[]) {
  return edits.map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));
}
