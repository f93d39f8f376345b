import { readFileSync } from "node:fs";
import type { Linter } from "eslint";
import { noSessionCast } from "./rules/no-session-cast.js";
import { noUntypedSessionAccess } from "./rules/no-untyped-session-access.js";

/**
 * A rule, as any version of ESLint takes it. The contexts that ESLint and typescript-eslint declare are assignable to each
 * other in neither direction, so that only `any` says what is true: it works with both.
 */
export interface PluginRule {
  readonly meta: {
    readonly type: "problem" | "suggestion" | "layout";
    readonly docs?: { readonly description: string; readonly url?: string };
    readonly messages: Readonly<Record<string, string>>;
    readonly hasSuggestions?: boolean;
  };
  create(context: any): Record<string, any>;
}

/** The plugin, with its presets. */
export interface TypedSessionPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<"no-session-cast" | "no-untyped-session-access", PluginRule>;
  readonly configs: {
    /** All rules as warnings, on TypeScript files. Needs no project; with one, more is found. */
    readonly recommended: Linter.Config;
  };
}

const { name, version }: { name: string; version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

const meta = { name, version, namespace: "typed-session" };

const rules: TypedSessionPlugin["rules"] = {
  "no-session-cast": noSessionCast,
  "no-untyped-session-access": noUntypedSessionAccess,
};

/**
 * Lint rules that show where the session of a request has no type.
 *
 * @example
 * ```ts
 * // eslint.config.mjs
 * import parser from "@typescript-eslint/parser";
 * import typedSession from "eslint-plugin-typed-session";
 *
 * export default [{ files: ["**\/*.ts"], languageOptions: { parser } }, typedSession.configs.recommended];
 * ```
 */
export const plugin: TypedSessionPlugin = {
  meta,
  rules,
  configs: {
    recommended: {
      name: "typed-session/recommended",
      files: ["**/*.{ts,tsx,mts,cts}"],
      plugins: { "typed-session": { meta, rules } },
      rules: Object.fromEntries(Object.keys(rules).map((rule) => [`typed-session/${rule}`, "warn"] as const)),
    },
  },
};
