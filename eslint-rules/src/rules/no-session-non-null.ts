import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { onOneLine } from "typed-session-sites";
import { askedKeys, type AskedKey } from "../asked-keys.js";
import { createRule, type Rule } from "../create-rule.js";
import { nameOfElement } from "../session-names.js";
import { sitesOf } from "../session-sites.js";
import { readsOf } from "../variables.js";

type Context = Readonly<RuleContext<"nonNull" | "valueCast", []>>;

/** Finds what says that a session, or a value in it, is there, or is of another type, without a look at it. */
export const noSessionNonNull: Rule<"nonNull" | "valueCast"> = createRule<"nonNull" | "valueCast">({
  name: "no-session-non-null",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow `!` on sessions and their values, and casts of their values", presets: [] },
    schema: [],
    messages: {
      nonNull:
        "'!' says without a look that {{what}} is there. Ask for it with requireSession, or say what happens without it.",
      valueCast:
        "The cast to '{{type}}' is not checked. Give the key this type in the session's schema, or check the value.",
    },
  },
  defaultOptions: [],
  mentions: /[sS]ession/,
  check(context) {
    const { tree, sites } = sitesOf(context.sourceCode);
    for (const site of sites) {
      for (const node of marksBetween(site.session, site.outer)) {
        context.report({ node, messageId: "nonNull", data: { what: "the session" } });
      }
      for (const asked of askedKeys(tree, site)) {
        for (const value of valuesOf(context, asked)) reportUnchecked(context, asked.key, value);
      }
    }
  },
});

function reportUnchecked(context: Context, key: string, value: TSESTree.Node): void {
  const around = value.parent?.type === "ChainExpression" ? value.parent.parent : value.parent;
  if (around?.type === "TSNonNullExpression") {
    context.report({ node: around, messageId: "nonNull", data: { what: `'${key}'` } });
  } else if (around?.type === "TSAsExpression" || around?.type === "TSTypeAssertion") {
    const type = onOneLine(context.sourceCode.getText(around.typeAnnotation));
    // `as const` changes no value's type.
    if (type !== "const") context.report({ node: around, messageId: "valueCast", data: { type } });
  }
}

/** The `!` between a session and the last expression that is still the session. */
function marksBetween(session: TSESTree.Node, outer: TSESTree.Node): TSESTree.Node[] {
  const marks: TSESTree.Node[] = [];
  for (let node = session; node !== outer && node.parent !== undefined; node = node.parent) {
    if (node.parent.type === "TSNonNullExpression") marks.push(node.parent);
  }
  return marks;
}

/** The expressions whose value is the key's: what reads it, or the uses of the variable that it is taken out into. */
function valuesOf({ sourceCode }: Context, { by, node }: AskedKey): readonly TSESTree.Node[] {
  if (node.type === "Property") return by === "access" ? readsOf(sourceCode, nameOfElement(node)) : [];
  return by === "access" || by === "get" ? [node] : [];
}
