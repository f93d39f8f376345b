export * from "typed-session/v3";
import type { Request } from "typed-session/v3";

export { appSession, backend, secret, store, user } from "./shop.js";

export declare const request: Request;
