import type { Linter } from "eslint";
import type { PluginRule, PresetName, TypedSessionPlugin } from "./plugin-types.js";

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

/** Makes a preset of the rules that say they are in it. */
export function createPreset(name: PresetName, plugin: TypedSessionPlugin): Linter.Config {
  const { severity, builtOn } = presets[name];
  const isInPreset = ({ meta }: PluginRule) =>
    meta.docs?.presets.some((each) => each === name || builtOn.includes(each));
  const own = Object.entries(plugin.rules).filter(([, rule]) => isInPreset(rule));
  return {
    name: `typed-session/${name}`,
    files: ["**/*.{ts,tsx,mts,cts}"],
    plugins: { "typed-session": plugin },
    rules: Object.fromEntries(own.map(([rule]) => [`typed-session/${rule}`, severity])),
  };
}
