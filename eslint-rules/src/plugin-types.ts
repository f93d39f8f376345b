import type { Linter } from "eslint";

/** The presets. `recommended-type-checked` has what `recommended` has, and `v3` all that both have. */
export type PresetName = "recommended" | "recommended-type-checked" | "v3" | "security";

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
