export { plugin as default } from "./plugin.js";
export type { PluginRule, PresetName, RuleName, TypedSessionPlugin } from "./plugin-types.js";
