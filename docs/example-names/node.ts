import { sessions } from "typed-session/node";
import { backend } from "./shop.js";

export { createServer } from "node:http";
export * from "typed-session";
export { requireSession, sessions } from "typed-session/node";
export * from "./shop.js";

export const withSession = sessions(backend);
