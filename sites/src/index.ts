export { findSites } from "./find-sites.js";
export type { FindOptions } from "./find-sites.js";
export type * from "./site.js";
export type * from "./tree.js";
export { typescriptTree } from "./trees/typescript.js";
