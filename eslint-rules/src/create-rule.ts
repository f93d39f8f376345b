import { ESLintUtils } from "@typescript-eslint/utils";

/** Makes a rule whose documentation is the page of its name. */
export const createRule = ESLintUtils.RuleCreator(
  (name) => `https://unpkg.com/eslint-plugin-typed-session/docs/rules/${name}.md`,
);
