export { writeFileSync } from "node:fs";
export * from "typed-session-codemod";
