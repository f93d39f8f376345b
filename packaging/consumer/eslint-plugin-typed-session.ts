import { defineConfig } from "eslint/config";
import type { Linter } from "eslint";
import typedSession, { type TypedSessionPlugin } from "eslint-plugin-typed-session";

export const withHelper = defineConfig([
  typedSession.configs["recommended-type-checked"],
  typedSession.configs.v3,
  typedSession.configs.security,
]);
export const asArray: Linter.Config[] = [
  typedSession.configs.recommended,
  { plugins: { "typed-session": typedSession }, rules: { "typed-session/no-session-cast": "error" } },
];
export const plugin: TypedSessionPlugin = typedSession;
// @ts-expect-error: there is no such preset
export const missing = typedSession.configs.everything;
