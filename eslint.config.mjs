// The project's own rules on its own examples: they are what the rules ask for.
import parser from "@typescript-eslint/parser";
import typedSession from "eslint-plugin-typed-session";

export default [
  // Before its upgrade, which the demo shows.
  { ignores: ["**/dist/", "examples/express-v2/"] },
  { files: ["examples/**/*.ts"], languageOptions: { parser, parserOptions: { projectService: true } } },
  typedSession.configs.v3,
  typedSession.configs.security,
  { files: ["examples/**/*.ts"], rules: { "typed-session/no-session-non-null": "error" } },
];
