import type { Express } from "express";

export { default as cookieSession } from "cookie-session";
export { requireSession, typed } from "typed-session/cookie-session";
export * from "./shop.js";

export declare const app: Express;
export declare const keys: string[];
