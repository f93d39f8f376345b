/**
 * Lint rules that show where the session of a request has no type.
 *
 * @packageDocumentation
 */

export { plugin as default } from "./plugin.js";
export type { PluginRule, PresetName, RuleName, TypedSessionPlugin } from "./plugin-types.js";
