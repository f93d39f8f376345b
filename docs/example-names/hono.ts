import { Hono } from "hono";

export { Hono };
export * from "typed-session";
export { requireSession, sessions, type SessionVariables } from "typed-session/hono";
export * from "./shop.js";

export const app = new Hono();
