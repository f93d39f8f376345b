import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import { createRule } from "../create-rule.js";

/** What v3 exports no more, and what to do in its place. */
const removed: Readonly<Record<string, string>> = {
  cast: "It checks nothing: give the backend the session's schema, and read request.session plainly",
  SessionDict: "Name the session's type, or say Record<string, unknown>",
  DefaultSession: "v3 calls the registered session RegisteredSession",
};

const backends = ["ClientSideSessionBackend", "ServerSideSessionBackend"];

/** Finds what works with typed-session 2, and not with `typed-session/v3`. */
export const noV2SessionApi = createRule({
  name: "no-v2-session-api",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow what `typed-session/v3` has no more" },
    fixable: "code",
    schema: [],
    messages: {
      removed: "v3 has no '{{name}}'. {{instead}}.",
      unused: "v3 has no '{{name}}', and nothing here uses it.",
      untypedBackend: "v3 requires `session`: without it, {{name}} hands out dicts. Give it the session's definition.",
    },
  },
  defaultOptions: [],
  create(context) {
    const { sourceCode } = context;
    if (!sourceCode.text.includes("typed-session")) return {};
    const imported = new Map<string, string>();
    return {
      ImportSpecifier(node) {
        const { parent } = node;
        if (parent.type !== "ImportDeclaration" || parent.source.value !== "typed-session") return;
        const name = node.imported.type === "Identifier" ? node.imported.name : node.imported.value;
        if (backends.includes(name)) imported.set(node.local.name, name);
        if (!Object.hasOwn(removed, name)) return;
        const uses = sourceCode.getDeclaredVariables?.(node)[0]?.references ?? [];
        for (const { identifier } of uses) {
          context.report({ node: identifier, messageId: "removed", data: { name, instead: removed[name] } });
        }
        if (uses.length > 0) return;
        // The module is loaded all the same, for what else is imported.
        const fix = parent.specifiers.length > 1 ? withoutSpecifier(sourceCode, node) : undefined;
        context.report({
          node,
          messageId: "unused",
          data: { name },
          fix: fix === undefined ? null : (fixer) => fixer.removeRange(fix),
        });
      },
      NewExpression({ callee, arguments: [options] }) {
        const name = callee.type === "Identifier" ? imported.get(callee.name) : undefined;
        if (name === undefined || options?.type !== "ObjectExpression" || hasSession(options)) return;
        context.report({ node: callee, messageId: "untypedBackend", data: { name } });
      },
    };
  },
});

/** Spread properties may bring it. */
function hasSession({ properties }: TSESTree.ObjectExpression): boolean {
  return properties.some((property) => {
    if (property.type === "SpreadElement" || property.computed) return true;
    return property.key.type === "Identifier"
      ? property.key.name === "session"
      : property.key.type === "Literal" && property.key.value === "session";
  });
}

/** The specifier with the comma that separates it from its neighbour. */
function withoutSpecifier(sourceCode: Readonly<SourceCode>, node: TSESTree.ImportSpecifier): [number, number] {
  const after = sourceCode.getTokenAfter(node);
  if (after?.value === ",") return [node.range[0], sourceCode.getTokenAfter(after)?.range[0] ?? after.range[1]];
  return [sourceCode.getTokenBefore(node)?.range[0] ?? node.range[0], node.range[1]];
}
