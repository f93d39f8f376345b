import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const readme = fileURLToPath(new URL("README.md", import.meta.url));

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  ruleDocTitleFormat: "name",
  ruleDocNotices: ["description", "configs", "fixableAndHasSuggestions", "requiresTypeChecking"],
  ruleListColumns: [
    "name",
    "description",
    "configsWarn",
    "configsError",
    "fixable",
    "hasSuggestions",
    "requiresTypeChecking",
  ],
  configEmoji: [
    ["recommended", "✅"],
    ["recommended-type-checked", "🔎"],
    ["v3", "3️⃣"],
    ["security", "🔒"],
  ],
  urlConfigs: "https://www.npmjs.com/package/eslint-plugin-typed-session#presets",
  postprocess: async (text, path) => format(text, { ...(await resolveConfig(readme)), filepath: path }),
};
