import { describeSessionParameter } from "typed-session-sites";
import { createRule } from "../create-rule.js";
import { sitesOf } from "../session-sites.js";
import { whySiteIsUntyped } from "../why-site-is-untyped.js";

/** Finds sessions that have no type although no cast hides it, and says which declaration is to blame. */
export const noUntypedSessionAccess = createRule({
  name: "no-untyped-session-access",
  meta: {
    type: "problem",
    docs: { description: "Disallow reading and writing sessions that have no type" },
    schema: [],
    messages: {
      key: "'{{key}}' has no type here: {{reason}}.",
      session: "The session has no type here: {{reason}}.",
    },
  },
  defaultOptions: [],
  create(context) {
    if (!/[sS]ession/.test(context.sourceCode.text)) return {};
    return {
      Program() {
        const { tree, sites, parameters } = sitesOf(context.sourceCode);
        for (const parameter of parameters) {
          const reason = describeSessionParameter(tree, parameter);
          if (reason !== undefined) context.report({ node: parameter.name, messageId: "session", data: { reason } });
        }
        for (const site of sites) {
          // What a cast hides is the business of no-session-cast.
          if (site.disguises.length > 0) continue;
          const reason = whySiteIsUntyped(context, site);
          if (reason === undefined) continue;
          const { key, session } = site;
          if (key === undefined) context.report({ node: session, messageId: "session", data: { reason } });
          else context.report({ node: session, messageId: "key", data: { key, reason } });
        }
      },
    };
  },
});
