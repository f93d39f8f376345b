import type { Express } from "express";
import session, { MemoryStore } from "express-session";

export { session };
export { requireSession, typed } from "typed-session/express-session";
export { appSession, SignedIn, secret, type AppSession } from "./shop.js";

export declare const app: Express;
export const store = new MemoryStore();
