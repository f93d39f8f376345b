export { plugin as default } from "./plugin.js";
export type { TypedSessionPlugin } from "./plugin.js";
