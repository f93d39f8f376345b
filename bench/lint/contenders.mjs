// The ESLint configurations that are measured, by name, and what is expected of their ratios. Two rules are there to compare with:
// `no-debugger`, which finds nothing, shows what any rule makes ESLint do; `no-explicit-any` finds about as much as the presets.
const typescriptEslint = { module: "@typescript-eslint/eslint-plugin", name: "typescriptEslint" };
const typedSession = { module: "eslint-plugin-typed-session", name: "typedSession" };

const ruleAlone = (rule) => ({
  plugin: typescriptEslint,
  config: `{ plugins: { "@typescript-eslint": typescriptEslint }, rules: { "@typescript-eslint/${rule}": "warn" } }`,
});
const ofEslint = (rule) => ({ config: `{ rules: { "${rule}": "warn" } }` });
const preset = (name) => ({ plugin: typedSession, config: `typedSession.configs["${name}"]` });

const configurations = {
  "no rules": { typed: false },
  "no-debugger": { typed: false, ...ofEslint("no-debugger") },
  "no-explicit-any": { typed: false, ...ruleAlone("no-explicit-any") },
  recommended: { typed: false, ...preset("recommended") },
  "typed, no rules": { typed: true },
  "typed, no-debugger": { typed: true, ...ofEslint("no-debugger") },
  "typed, no-unsafe-member-access": { typed: true, ...ruleAlone("no-unsafe-member-access") },
  "typed, recommended-type-checked": { typed: true, ...preset("recommended-type-checked") },
};

/** What a configuration may take at most, of the time of another one. */
export const goals = [
  { of: "recommended", to: "no rules", atMost: 1.05 },
  { of: "typed, recommended-type-checked", to: "typed, no-unsafe-member-access", atMost: 0.75 },
];

/** The packages that the configurations import. */
export const imported = ["@typescript-eslint/parser", typescriptEslint.module, typedSession.module];

/** The text of each configuration's file. */
export const contenders = Object.fromEntries(
  Object.entries(configurations).map(([name, configuration]) => [name, configText(configuration)]),
);

function configText({ typed, plugin, config }) {
  return `import parser from "@typescript-eslint/parser";
${plugin === undefined ? "" : `import ${plugin.name} from "${plugin.module}";\n`}
export default [
  { files: ["**/*.ts"], languageOptions: { parser, parserOptions: { projectService: ${typed} } } },
  ${config ?? ""}
];
`;
}
