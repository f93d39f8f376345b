import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { createRule } from "../create-rule.js";
import { lodashNames, lodashPathOn } from "../lodash-paths.js";
import { unknownKeyOf, type UnknownKey } from "../session-keys.js";
import { sitesOf } from "../session-sites.js";

/** What can be set in an ESLint configuration. */
export interface UnknownSessionKeyOptions {
  /** The session's keys, for linting without types. */
  readonly keys?: readonly string[];
}

type Context = Readonly<RuleContext<"key", readonly [UnknownSessionKeyOptions]>>;

/** Finds keys that the session does not have, where the compiler is silent. */
export const noUnknownSessionKey = createRule<[UnknownSessionKeyOptions], "key">({
  name: "no-unknown-session-key",
  meta: {
    type: "problem",
    docs: { description: "Disallow keys that the session's type does not have, where the compiler is silent" },
    schema: [
      {
        type: "object",
        properties: {
          keys: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            description: "The session's keys, for linting without types.",
          },
        },
        additionalProperties: false,
      },
    ],
    messages: { key: "The session has no key '{{key}}'. It has: {{known}}." },
  },
  defaultOptions: [{}],
  create(context) {
    if (!context.sourceCode.text.includes("session")) return {};
    return {
      Program(program) {
        const { sites } = sitesOf(context.sourceCode);
        const names = lodashNames(program);
        for (const { key, outer, disguises } of sites) {
          const path = lodashPathOn(outer, names);
          // What a cast hides is the business of no-session-cast.
          if (path === undefined && (key === undefined || disguises.length > 0)) continue;
          const keys = path?.segments ?? [key ?? ""];
          const unknown = unknownKey(context, outer, keys, path !== undefined);
          if (unknown === undefined) continue;
          const data = { key: unknown.key, known: unknown.known.join(", ") };
          context.report({ node: path?.node ?? outer.parent ?? outer, messageId: "key", data });
        }
      },
    };
  },
});

function unknownKey(
  context: Context,
  session: TSESTree.Node,
  path: readonly string[],
  isPath: boolean,
): UnknownKey | undefined {
  if (context.sourceCode.parserServices?.program) return unknownKeyOf(context, session, path, isPath);
  const [{ keys: known } = {}] = context.options;
  const [key] = path;
  return known === undefined || key === undefined || known.includes(key) ? undefined : { key, known };
}
