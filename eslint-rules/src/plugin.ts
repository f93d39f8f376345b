import { readFileSync } from "node:fs";
import type { Linter } from "eslint";
import { createPreset, type PresetName } from "./presets.js";
import { noDeadSessionAugmentation } from "./rules/no-dead-session-augmentation.js";
import { noSessionCast } from "./rules/no-session-cast.js";
import { noSessionNonNull } from "./rules/no-session-non-null.js";
import { noUnknownSessionKey } from "./rules/no-unknown-session-key.js";
import { noUntypedSessionAccess } from "./rules/no-untyped-session-access.js";
import { noV2SessionApi } from "./rules/no-v2-session-api.js";
import { requireSessionRegeneration } from "./rules/require-session-regeneration.js";
import { requireSessionType } from "./rules/require-session-type.js";

/** The names of the rules, without the prefix `typed-session/`. */
export type RuleName =
  | "no-dead-session-augmentation"
  | "no-session-cast"
  | "no-session-non-null"
  | "no-unknown-session-key"
  | "no-untyped-session-access"
  | "no-v2-session-api"
  | "require-session-regeneration"
  | "require-session-type";

/**
 * A rule, as any version of ESLint takes it. The contexts that ESLint and typescript-eslint declare are assignable to each
 * other in neither direction, so that only `any` says what is true: it works with both.
 */
export interface PluginRule {
  readonly meta: {
    readonly type: "problem" | "suggestion" | "layout";
    readonly docs?: {
      readonly description: string;
      readonly url?: string;
      readonly presets: readonly PresetName[];
      readonly requiresTypeChecking?: boolean;
    };
    readonly messages: Readonly<Record<string, string>>;
    readonly fixable?: "code" | "whitespace";
    readonly hasSuggestions?: boolean;
    readonly schema: object;
  };
  create(context: any): Record<string, any>;
}

/** The plugin, with its presets. */
export interface TypedSessionPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Readonly<Record<RuleName, PluginRule>>;
  /**
   * - `recommended`: warnings, for files of TypeScript. Needs no types; with them, more is found.
   * - `recommended-type-checked`: the same, and what nobody can tell without types.
   * - `v3`: both as errors, and what keeps an application from `typed-session/v3`.
   * - `security`: warnings about logins.
   */
  readonly configs: Readonly<Record<PresetName, Linter.Config>>;
}

const { name, version }: { name: string; version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

const meta = { name, version, namespace: "typed-session" };

const rules: TypedSessionPlugin["rules"] = {
  "no-dead-session-augmentation": noDeadSessionAugmentation,
  "no-session-cast": noSessionCast,
  "no-session-non-null": noSessionNonNull,
  "no-unknown-session-key": noUnknownSessionKey,
  "no-untyped-session-access": noUntypedSessionAccess,
  "no-v2-session-api": noV2SessionApi,
  "require-session-regeneration": requireSessionRegeneration,
  "require-session-type": requireSessionType,
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
    recommended: createPreset("recommended", { meta, rules }, rules),
    "recommended-type-checked": createPreset("recommended-type-checked", { meta, rules }, rules),
    v3: createPreset("v3", { meta, rules }, rules),
    security: createPreset("security", { meta, rules }, rules),
  },
};
