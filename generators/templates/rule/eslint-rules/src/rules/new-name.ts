import type { TSESTree } from "@typescript-eslint/utils";
import type { Site } from "typed-session-sites";
import { createRule, type Rule } from "../create-rule.js";
import { sitesOf } from "../session-sites.js";

/** Finds … */
export const newName: Rule<"found"> = createRule<"found">({
  name: "new-name",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow …", presets: [] },
    schema: [],
    messages: { found: "'{{found}}' is … Write … in its place." },
  },
  defaultOptions: [],
  mentions: /session/,
  check(context) {
    for (const site of sitesOf(context.sourceCode).sites) {
      if (!isFault(site)) continue;
      const data = { found: context.sourceCode.getText(site.outer) };
      context.report({ node: site.outer, messageId: "found", data });
    }
  },
});

function isFault(site: Site<TSESTree.Node>): boolean {
  return notWritten("say whether the rule has something to say about a site", site);
}

/** Takes the place of what is still to be written; goes when everything is. */
function notWritten(task: string, ..._given: unknown[]): never {
  throw new Error(`Still to be written, in eslint-rules/src/rules/new-name.ts: ${task}.`);
}
