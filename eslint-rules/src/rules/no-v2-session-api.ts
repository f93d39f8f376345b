import type { TSESTree } from "@typescript-eslint/utils";
import type { AST, RuleContext, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { NameGoneInV3 } from "typed-session-sites";
import { createRule, type Rule } from "../create-rule.js";

type Context = Readonly<RuleContext<"removed" | "unused" | "untypedBackend", []>>;

const remedies = {
  cast: "It checks nothing: give the backend the session's schema, and read request.session plainly",
  SessionDict: "Name the session's type, or say Record<string, unknown>",
  DefaultSession: "v3 calls the registered session RegisteredSession",
} satisfies Record<NameGoneInV3, string>;

/** What v3 exports no more, and what to do in its place. */
export const removed: ReadonlyMap<string, string> = new Map(Object.entries(remedies));

const backends = ["ClientSideSessionBackend", "ServerSideSessionBackend"];

/** Finds what works with typed-session 2, and not with `typed-session/v3`. */
export const noV2SessionApi: Rule<"removed" | "unused" | "untypedBackend"> = createRule<
  "removed" | "unused" | "untypedBackend"
>({
  name: "no-v2-session-api",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow what `typed-session/v3` has no more", presets: ["v3"] },
    fixable: "code",
    schema: [],
    messages: {
      removed: "v3 has no '{{name}}'. {{instead}}.",
      unused: "v3 has no '{{name}}', and nothing here uses it.",
      untypedBackend: "v3 requires `session`: without it, {{name}} hands out dicts. Give it the session's definition.",
    },
  },
  defaultOptions: [],
  mentions: /typed-session/,
  check(context, { body }) {
    for (const statement of body) {
      const isRead = statement.type === "ImportDeclaration" || statement.type === "ExportNamedDeclaration";
      if (!isRead || statement.source?.value !== "typed-session") continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type === "ImportSpecifier") reportImport(context, specifier);
        else if (specifier.type === "ExportSpecifier") reportExport(context, specifier);
      }
    }
  },
});

function reportImport(context: Context, node: TSESTree.ImportSpecifier): void {
  const name = nameOf(node.imported);
  const uses = context.sourceCode.getDeclaredVariables?.(node)[0]?.references ?? [];
  if (backends.includes(name)) {
    for (const { identifier } of uses) {
      if (isUntypedBackend(identifier))
        context.report({ node: identifier, messageId: "untypedBackend", data: { name } });
    }
  }
  const instead = removed.get(name);
  if (instead === undefined) return;
  for (const { identifier } of uses) {
    context.report({ node: identifier, messageId: "removed", data: { name, instead } });
  }
  if (uses.length > 0) return;
  const fix = withoutSpecifier(context.sourceCode, node);
  context.report({
    node,
    messageId: "unused",
    data: { name },
    fix: fix === undefined ? null : (fixer) => fixer.removeRange(fix),
  });
}

function reportExport(context: Context, { local }: TSESTree.ExportSpecifier): void {
  const name = nameOf(local);
  const instead = removed.get(name);
  if (instead !== undefined) context.report({ node: local, messageId: "removed", data: { name, instead } });
}

function nameOf(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === "Identifier" ? name.name : name.value;
}

/** `new ServerSideSessionBackend({ store })`. What options hold that are not written out here, nobody can tell. */
function isUntypedBackend(name: TSESTree.Node): boolean {
  const { parent } = name;
  if (parent?.type !== "NewExpression" || parent.callee !== name) return false;
  const [options] = parent.arguments;
  return options?.type === "ObjectExpression" && !hasSession(options);
}

/** Spread properties may bring it. */
function hasSession({ properties }: TSESTree.ObjectExpression): boolean {
  return properties.some((property) => {
    if (property.type === "SpreadElement" || property.computed) return true;
    return property.key.type === "Identifier"
      ? property.key.name === "session"
      : property.key.type === "Literal" && property.key.value === "session";
  });
}

/** The specifier with the comma that separates it from its neighbour; the module is loaded all the same, for what else is imported. */
function withoutSpecifier(sourceCode: Readonly<SourceCode>, node: TSESTree.ImportSpecifier): AST.Range | undefined {
  if (node.parent.type !== "ImportDeclaration" || node.parent.specifiers.length === 1) return undefined;
  const after = sourceCode.getTokenAfter(node);
  if (after?.value === ",") return [node.range[0], sourceCode.getTokenAfter(after)?.range[0] ?? after.range[1]];
  return [sourceCode.getTokenBefore(node)?.range[0] ?? node.range[0], node.range[1]];
}
