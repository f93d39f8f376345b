import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import type { Site, Tree } from "typed-session-sites";
import { askedKeys } from "../asked-keys.js";
import { createRule, type Rule } from "../create-rule.js";
import { lodashNames, lodashPathOn, type LodashNames } from "../lodash-paths.js";
import { unknownKeyOf, type UnknownKey } from "../session-keys.js";
import { sitesOf } from "../session-sites.js";
import { typesOf } from "../types-of.js";

/** What can be set in an ESLint configuration. */
export interface UnknownSessionKeyOptions {
  /** The session's keys, for linting without types. */
  readonly keys?: readonly string[];
}

type Options = readonly [UnknownSessionKeyOptions];
type Context = Readonly<RuleContext<"key", Options>>;

/** Finds keys that the session does not have, where the compiler is silent. */
export const noUnknownSessionKey: Rule<"key", Options> = createRule<"key", Options>({
  name: "no-unknown-session-key",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow keys that the session's type does not have, where the compiler is silent",
      presets: ["recommended-type-checked"],
      requiresTypeChecking: true,
    },
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
  mentions: /[sS]ession/,
  check(context, program, [{ keys }]) {
    const { tree, sites } = sitesOf(context.sourceCode);
    const names = lodashNames(program);
    for (const site of sites) {
      for (const asked of pathsInto(tree, site, names)) {
        const unknown = unknownKey(context, site, asked, keys);
        if (unknown === undefined) continue;
        const data = { key: unknown.key, known: unknown.known.join(", ") };
        context.report({ node: asked.node, messageId: "key", data });
      }
    }
  },
});

/** Keys that are asked of a session, each of what the one before it gave. */
interface AskedPath {
  readonly path: readonly string[];
  readonly node: TSESTree.Node;
  /** Whether they are but text to the compiler, which then never says anything. */
  readonly isText: boolean;
}

function pathsInto(tree: Tree<TSESTree.Node>, site: Site<TSESTree.Node>, names: LodashNames): AskedPath[] {
  const path = lodashPathOn(site.outer, names);
  if (path !== undefined) return [{ path: path.segments, node: path.node, isText: true }];
  // What a cast hides is the business of no-session-cast.
  if (site.disguises.length > 0) return [];
  return askedKeys(tree, site).map(({ key, node, by }) => ({ path: [key], node, isText: by !== "access" }));
}

function unknownKey(
  context: Context,
  { form, session, outer }: Site<TSESTree.Node>,
  { path, isText }: AskedPath,
  keys: readonly string[] | undefined,
): UnknownKey | undefined {
  const types = typesOf(context);
  if (types !== undefined) return unknownKeyOf(types, form === "destructured" ? session : outer, path, isText);
  const [key] = path;
  return keys === undefined || key === undefined || keys.includes(key) ? undefined : { key, known: keys };
}
