import parser from "@typescript-eslint/parser";
import typedSession from "eslint-plugin-typed-session";

export default [
  { ignores: ["dist/"] },
  { files: ["**/*.ts"], languageOptions: { parser } },
  typedSession.configs.recommended,
];
