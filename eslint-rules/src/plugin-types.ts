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
  /** What the rule says of itself: ESLint's own form, and which presets have it. */
  readonly meta: {
    /** What kind of fault it finds. */
    readonly type: "problem" | "suggestion" | "layout";
    /** For people, and for what is made of the rules: presets and pages. */
    readonly docs?: {
      /** One line. */
      readonly description: string;
      /** The address of its page. */
      readonly url?: string;
      /** The presets that it begins in; those that build on them have it too. */
      readonly presets: readonly PresetName[];
      /** Whether it says nothing without types, unless options tell it more. */
      readonly requiresTypeChecking?: boolean;
    };
    /** What it says, by the message's id. `{{ name }}` stands for what it found. */
    readonly messages: Readonly<Record<string, string>>;
    /** Whether `eslint --fix` changes code. */
    readonly fixable?: "code" | "whitespace";
    /** Whether editors can offer changes. */
    readonly hasSuggestions?: boolean;
    /** JSON Schema of its options. */
    readonly schema: object;
  };
  /** Looks at one file: the listeners that ESLint calls. */
  create(context: any): Record<string, any>;
}

/** The plugin, with its presets. */
export interface TypedSessionPlugin {
  /** What the plugin is, for ESLint's cache and messages. */
  readonly meta: {
    /** The package's name. */
    readonly name: string;
    /** The package's version. */
    readonly version: string;
    /** What the names of its rules begin with. */
    readonly namespace: string;
  };
  /** The rules by name. */
  readonly rules: Readonly<Record<RuleName, PluginRule>>;
  /**
   * - `recommended`: warnings, for files of TypeScript. Needs no types; with them, more is found.
   * - `recommended-type-checked`: the same, and what nobody can tell without types.
   * - `v3`: both as errors, and what keeps an application from `typed-session/v3`.
   * - `security`: warnings about logins.
   */
  readonly configs: Readonly<Record<PresetName, Linter.Config>>;
}
