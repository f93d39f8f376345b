import type { Linter } from "eslint";

/** The presets. `recommended-type-checked` has what `recommended` has, and `v3` all that both have. */
export type PresetName = "recommended" | "recommended-type-checked" | "v3" | "security";

interface Preset {
  readonly severity: "warn" | "error";
  /** The presets whose rules are its own, too. */
  readonly builtOn: readonly PresetName[];
}

const presets: Readonly<Record<PresetName, Preset>> = {
  recommended: { severity: "warn", builtOn: [] },
  "recommended-type-checked": { severity: "warn", builtOn: ["recommended"] },
  v3: { severity: "error", builtOn: ["recommended", "recommended-type-checked"] },
  security: { severity: "warn", builtOn: [] },
};

/** What a rule has to say for a preset to find it. */
interface PresetRule {
  readonly meta: { readonly docs?: { readonly presets: readonly PresetName[] } };
}

/**
 * Makes a preset of the rules that say they are in it.
 *
 * @param plugin - the plugin that the rules are of, as ESLint loads it
 */
export function createPreset(
  name: PresetName,
  plugin: NonNullable<Linter.Config["plugins"]>[string],
  rules: Readonly<Record<string, PresetRule>>,
): Linter.Config {
  const { severity, builtOn } = presets[name];
  const isInPreset = ({ meta }: PresetRule) =>
    meta.docs?.presets.some((each) => each === name || builtOn.includes(each));
  const own = Object.entries(rules).filter(([, rule]) => isInPreset(rule));
  return {
    name: `typed-session/${name}`,
    files: ["**/*.{ts,tsx,mts,cts}"],
    plugins: { "typed-session": plugin },
    rules: Object.fromEntries(own.map(([rule]) => [`typed-session/${rule}`, severity])),
  };
}
