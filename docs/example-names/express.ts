import type { Express } from "express";

export * from "typed-session";
export { requireSession, sessions } from "typed-session/express";
export { forPassport } from "typed-session/passport";
export { default as passport } from "passport";
export * from "./shop.js";

export declare const app: Express;
