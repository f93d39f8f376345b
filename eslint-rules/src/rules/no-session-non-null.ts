import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.js";
import { sitesOf } from "../session-sites.js";

/** Finds what says that a session, or a value in it, is there, or is of another type, without a look at it. */
export const noSessionNonNull = createRule({
  name: "no-session-non-null",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow `!` on sessions and their values, and casts of their values" },
    schema: [],
    messages: {
      nonNull:
        "'!' says without a look that {{what}} is there. Ask for it with requireSession, or say what happens without it.",
      valueCast:
        "The cast to '{{type}}' is not checked. Give the key this type in the session's schema, or check the value.",
    },
  },
  defaultOptions: [],
  create(context) {
    if (!context.sourceCode.text.includes("session")) return {};
    return {
      Program() {
        for (const { session, outer, key } of sitesOf(context.sourceCode).sites) {
          for (const node of wrappersOf(session, outer)) {
            context.report({ node, messageId: "nonNull", data: { what: "the session" } });
          }
          const value = valueOf(outer);
          const around = value?.parent;
          if (key === undefined || value === undefined || around === undefined) continue;
          if (around.type === "TSNonNullExpression") {
            context.report({ node: around, messageId: "nonNull", data: { what: `'${key}'` } });
          } else if (around.type === "TSAsExpression" || around.type === "TSTypeAssertion") {
            const type = context.sourceCode.getText(around.typeAnnotation).replace(/\s+/g, " ");
            // `as const` changes no value's type.
            if (type !== "const") context.report({ node: around, messageId: "valueCast", data: { type } });
          }
        }
      },
    };
  },
});

/** The `!` between a session and the last expression that is still the session. */
function wrappersOf(session: TSESTree.Node, outer: TSESTree.Node): TSESTree.Node[] {
  const wrappers: TSESTree.Node[] = [];
  for (let node = session; node !== outer && node.parent !== undefined; node = node.parent) {
    if (node.parent.type === "TSNonNullExpression") wrappers.push(node.parent);
  }
  return wrappers;
}

/** The expression that reads a key of the session. */
function valueOf(session: TSESTree.Node): TSESTree.Node | undefined {
  const { parent } = session;
  return parent?.type === "MemberExpression" && parent.object === session ? parent : undefined;
}
