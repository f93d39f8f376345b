import type { ServerResponse } from "node:http";
import { Request, SessionMiddleware, type ExpressSessionStore } from "typed-session";
import type { AppSession } from "./shop.js";

export * from "typed-session";
export { createClient } from "redis";
export { z } from "zod";
export * from "./shop.js";
export { default as redisDriver } from "unstorage/drivers/redis";

export interface User {
  readonly name: string;
}
export interface Auth {
  readonly scopes: readonly string[];
}
export type State = Record<string, unknown>;
export declare const pool: object;
export declare const session: unknown;
export declare function connectPgSimple(of: unknown): new (options: object) => ExpressSessionStore;
export class ShopSession {
  cart: string[] = [];
  static parse(_value: unknown): ShopSession {
    return new ShopSession();
  }
}
export declare const client: import("redis").RedisClientType;
export declare const request: Request;
export declare const response: ServerResponse;
export declare const middleware: SessionMiddleware<AppSession>;
export declare const sessions: SessionMiddleware<AppSession>;
export declare function view(request: Request): Promise<string>;
